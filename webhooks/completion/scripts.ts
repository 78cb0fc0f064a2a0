/** The shells for which there is a script. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * The first argument of a call for completions. The words so far follow, and the answer has the form of cobra, which kubectl reads for its
 * plugins, too: a line for each candidate, with a tab before its description, and then `:0` if files are completed and `:4` if not.
 */
export const COMPLETE = '__complete';

/** The scripts ask the program itself, so they stay as they are when it gets other verbs and flags. */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# Completion of agent-gateway-hooks for bash.
_agent_gateway_hooks() {
  local line files=
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :0) files=1 ;;
      :*) ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <("$1" ${COMPLETE} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  # Bash has split --flag=value, and completes only the value.
  if [[ $2 == = || \${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then
    COMPREPLY=("\${COMPREPLY[@]#*=}")
  fi
  if [[ -z $files ]]; then
    compopt +o default 2>/dev/null
  fi
}
complete -o default -F _agent_gateway_hooks agent-gateway-hooks
`,
  zsh: `#compdef agent-gateway-hooks
# Completion of agent-gateway-hooks for zsh.
_agent_gateway_hooks() {
  local line files=
  local -a candidates
  while IFS= read -r line; do
    case $line in
      :0) files=1 ;;
      :*) ;;
      *) candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done < <("\${(Q)words[1]}" ${COMPLETE} "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#candidates} )); then
    _describe -V agent-gateway-hooks candidates
  elif [[ -n $files ]]; then
    compset -P '*='
    _files
  fi
}
if [[ \${funcstack[1]} == _agent_gateway_hooks ]]; then
  _agent_gateway_hooks "$@"
else
  compdef _agent_gateway_hooks agent-gateway-hooks
fi
`,
  fish: `# Completion of agent-gateway-hooks for fish.
function __agent_gateway_hooks_complete
  set -l before (commandline -opc)
  set -l current (commandline -ct)
  set -l answer ($before[1] ${COMPLETE} $before[2..-1] "$current" 2>/dev/null)
  string match --invert --regex '^:' -- $answer
  if contains -- :0 $answer
    __fish_complete_path (string replace --regex '^--[^=]*=' '' -- "$current")
  end
end
complete --command agent-gateway-hooks --no-files --keep-order --arguments '(__agent_gateway_hooks_complete)'
`,
};
