// Completion for the shell, written from the commands themselves: a command that is added is completed.
import type { Command } from 'commander';
import { usageError } from './exit';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

interface Words {
  /** The commands before, joined by spaces: "" at the start, "reviews". */
  after: string;
  words: string[];
}

/** What can follow each command path: subcommands and options. */
function wordsOf(command: Command, path: readonly string[], globals: readonly string[]): Words[] {
  const own = command.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long]));
  const names = command.commands.map((sub) => sub.name());
  return [
    { after: path.join(' '), words: [...names, ...new Set([...own, ...globals, '--help'])] },
    ...command.commands.flatMap((sub) => wordsOf(sub, [...path, sub.name()], globals)),
  ];
}

/** A script for `shell` to source. */
export function completionScript(program: Command, shell: string): string {
  const globals = program.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long]));
  const all = wordsOf(program, [], globals);
  switch (shell) {
    case 'bash':
      return bash(all);
    case 'zsh':
      return `autoload -Uz bashcompinit && bashcompinit\n${bash(all)}`;
    case 'fish':
      return fish(all);
    default:
      throw usageError(`There is completion for ${SHELLS.join(', ')}, not for "${shell}".`);
  }
}

const bash = (all: readonly Words[]): string => `_tidegate() {
  local path="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) case "$path $word" in
${all
  .filter(({ after }) => after !== '')
  .map(({ after }) => `      " ${after}"|"${after}") path="${after}" ;;`)
  .join('\n')}
    esac ;; esac
  done
  case "$path" in
${all.map(({ after, words }) => `    "${after}") COMPREPLY=($(compgen -W "${words.join(' ')}" -- "\${COMP_WORDS[COMP_CWORD]}")) ;;`).join('\n')}
  esac
}
complete -F _tidegate tidegate`;

const fish = (all: readonly Words[]): string =>
  all
    .flatMap(({ after, words }) => {
      const known = after.split(' ').filter((part) => part !== '');
      const seen = known.map((part) => `__fish_seen_subcommand_from ${part}`);
      const condition = known.length === 0 ? '__fish_use_subcommand' : seen.join('; and ');
      return words.map((word) =>
        word.startsWith('--')
          ? `complete -c tidegate -f -n '${condition}' -l ${word.slice(2)}`
          : `complete -c tidegate -f -n '${condition}' -a ${word}`,
      );
    })
    .join('\n');
