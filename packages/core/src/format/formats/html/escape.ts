/** Text that was made safe, or written by us. */
export interface Html {
  readonly html: string;
}

/** Joins markup of ours with values of anybody: what is not `Html` is escaped; arrays are joined. */
export function markup(strings: TemplateStringsArray, ...values: readonly (string | number | Html | readonly Html[] | undefined)[]): Html {
  return { html: strings.reduce((all, text, index) => `${all}${render(values[index - 1])}${text}`) };
}

/** Nothing of an image or feed may become markup, leave its attribute, or turn the direction of what follows. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, (character) => (character === '\n' ? '\n' : '\ufffd'))
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function render(value: string | number | Html | readonly Html[] | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'html' in value ? value.html : value.map(({ html }) => html).join('');
}
