/** Whose value the script pulls. */
export const PULLED_MODEL_VARIABLE = 'OLLAMA_PULL_MODEL';

/**
 * Starts Ollama, waits for a minute until it answers, pulls the model, and ends as the pull did. Nothing is ever put into
 * this text, and there is no `$(` in it, which Kubernetes would look for a variable in.
 */
export const PULL_SCRIPT = `ollama serve &
server=$!
tries=''
until ollama list > /dev/null 2>&1; do
  tries="$tries."
  if [ "\${#tries}" -ge 60 ] || ! kill -0 "$server" 2> /dev/null; then
    echo 'Ollama did not start' >&2
    exit 1
  fi
  sleep 1
done
ollama pull -- "$${PULLED_MODEL_VARIABLE}"
result=$?
kill "$server"
wait "$server"
exit "$result"
`;
