import type { ConfigChange } from '@plimsoll/model';
import type { RecommendationRule } from '../../types.ts';

/** What the image inherits from its base and would inherit otherwise: C library, runtime, shell, user, command, variables. */
export const inheritance: RecommendationRule = {
  id: 'inheritance',
  judge({ simulation }) {
    if (!simulation) return [];
    const changed = simulation.config.filter(({ name }) => !isVersion(name));
    const settings = [...new Set(changed.map(textOf))];
    return [
      ...simulation.warnings.map((text) => ({ kind: 'disadvantage', text: capitalised(text), weight: -2 }) as const),
      ...(settings.length > 0
        ? [{ kind: 'disadvantage', text: `Your image would inherit other settings: ${settings.join(', ')}`, weight: -0.5 } as const]
        : []),
    ];
  },
};

/** Images state versions and checksums of what is in them in variables: they are meant to change. */
function isVersion(name: string | undefined): boolean {
  return name !== undefined && /(?:VERSION|SHA\d*|GPG_KEY|_URL|_REVISION)$/.test(name);
}

function textOf({ field, name }: ConfigChange): string {
  if (field === 'env') return `ENV ${name}`;
  if (field === 'port') return `EXPOSE ${name}`;
  return field.toUpperCase();
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
