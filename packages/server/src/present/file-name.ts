/** A name any disk takes, for a file made from an image: `registry.local/shop/api:2.4` -> `shop-api-2.4`. Bounded, ASCII, never empty. */
export function fileNameOf(image: string, extension: string): string {
  const [first = '', ...rest] = image.split('@')[0]?.split('/') ?? [];
  const withoutRegistry = rest.length > 0 && /[.:]/.test(first) ? rest.join('/') : [first, ...rest].join('/');
  const safe = withoutRegistry
    .slice(0, 200)
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 100);
  return `${safe || 'image'}.${extension.replace(/[^A-Za-z0-9.]/g, '').replace(/^\.+/, '')}`;
}
