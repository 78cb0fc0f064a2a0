/** The variable with the name of the model to pull. */
export const PULLED_MODEL_VARIABLE = 'OLLAMA_PULL_MODEL';

/**
 * Starts Ollama, waits up to a minute until it answers, and pulls the model. If the pull fails, a model that the volume has
 * already is enough, for clusters that reach no registry. The script is a constant, so a user's text cannot become a command.
 * It must not contain `$(`, which Kubernetes takes for a reference.
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
if [ "$result" -ne 0 ] && ollama show -- "$${PULLED_MODEL_VARIABLE}" > /dev/null 2>&1; then
  echo 'The pull failed; the model in the volume is used' >&2
  result=0
fi
kill "$server"
wait "$server"
exit "$result"
`;
