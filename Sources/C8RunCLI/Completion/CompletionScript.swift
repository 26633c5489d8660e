/// What the scripts of the argument parser lack: the word `run` may be left out, so a first word that is no command is a
/// script, and its options are those of `run`.
enum CompletionScript {
    /// The script for a shell, with what it lacks.
    static func completed(_ script: String, for shell: String) -> String {
        switch shell {
        case "bash": script + bash
        case "fish": script + fish
        default: script
        }
    }

    private static let bash = #"""

        # The word run may be left out.
        _c8run_or_run() {
            _c8run "$@"
            if [ "${#COMPREPLY[@]}" -eq 0 ]; then
                COMP_WORDS=("${COMP_WORDS[0]}" run "${COMP_WORDS[@]:1}")
                COMP_CWORD=$((COMP_CWORD + 1))
                _c8run "$@"
            fi
        }
        complete -o filenames -F _c8run_or_run c8run

        """#

    private static let fish = """

        # The word run may be left out.
        complete -c c8run -n '__fish_is_first_arg' -k -a '(__fish_complete_suffix .lua)'

        """
}
