/// What the scripts of the argument parser lack: the word `run` may be left out, so a first word that is no command is a
/// script, and its options are those of `run`; and behind `help` come the commands.
enum CompletionScript {
    /// The script for a shell, with what it lacks.
    static func completed(_ script: String, for shell: String) -> String {
        switch shell {
        case "bash": script + bash
        case "fish": script + fish(script)
        case "zsh": completedForZsh(script)
        default: script
        }
    }

    /// The words that may follow others behind `help`: after no word the commands, after `api` those of `api`.
    private static var helpWords: [(after: String, words: String)] {
        let commands = (try? CommandDescription.root().all) ?? []
        return commands.filter { !$0.subcommands.isEmpty }.map { command in
            (
                command.path.dropFirst().joined(separator: " "),
                command.subcommands.compactMap(\.path.last).filter { $0 != "help" }.joined(separator: " ")
            )
        }
    }

    private static var bash: String {
        let cases = helpWords.map { "        '\($0.after)') words='\($0.words)' ;;\n" }.joined()
        return #"""

            # The word run may be left out.
            _c8run_or_run() {
                if [ "${COMP_WORDS[1]}" = help ] && [ "$COMP_CWORD" -gt 1 ]; then
                    _c8run_words_of_help
                    return
                fi
                # An option that comes first is one of a run; but for --lang, behind which any command may come.
                case "$COMP_CWORD ${COMP_WORDS[1]}" in
                    1\ * | *\ --lang*) _c8run "$@" ;;
                    *\ -*) COMPREPLY=() ;;
                    *) _c8run "$@" ;;
                esac
                if [ "${#COMPREPLY[@]}" -eq 0 ]; then
                    COMP_WORDS=("${COMP_WORDS[0]}" run "${COMP_WORDS[@]:1}")
                    COMP_CWORD=$((COMP_CWORD + 1))
                    _c8run "$@"
                fi
            }

            _c8run_words_of_help() {
                local IFS=$' \t\n' words=
                case "${COMP_WORDS[*]:2:COMP_CWORD-2}" in

            """# + cases + #"""
                    esac
                    COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
                }
                complete -o filenames -F _c8run_or_run c8run

                """#
    }

    private static func fish(_ script: String) -> String {
        let condition = /-n '__c8run_should_offer_completions_for_flags_or_options "c8run run"[^']*'/
        let options = script.split(separator: "\n").filter { $0.firstMatch(of: condition) != nil }.map { line in
            line.replacing(condition, with: "-n '__c8run_is_run'") + "\n"
        }.joined()
        let cases = helpWords.map { help in
            "complete -c c8run -n '__c8run_is_help \"\(help.after)\"' -f -a '\(help.words)'\n"
        }.joined()
        return #"""

            # The word run may be left out.
            complete -c c8run -n '__fish_is_first_arg' -k -a '(__fish_complete_suffix .lua)'

            function __c8run_is_run
                set -l words (__c8run_tokens -pc)
                test (count $words) -lt 2; or string match -q -- '-*' $words[2]
            end

            function __c8run_is_help -a before
                set -l words (__c8run_tokens -pc)
                test "$words[2]" = help; and test "$words[3..]" = "$before"
            end

            """# + options + cases
    }

    private static func completedForZsh(_ script: String) -> String {
        // The script's end calls what stands before it, at once where zsh has loaded it for a first completion.
        let end = #"if [[ "${funcstack[1]}" = _c8run ]]; then"#
        let cases = helpWords.map { "    '\($0.after)') names=(\($0.words)) ;;\n" }.joined()
        let help =
            #"""
            _c8run_help() {
                local -a names=()
                case "${(j: :)words[2,CURRENT-1]}" in

            """# + cases + #"""
                    esac
                    compadd -- "${names[@]}"
                }


                """#
        let beginning = "\n_c8run() {\n"
        let run = #"""
                # The word run may be left out.
                if [[ "${words[2]}" = -* && "${words[2]}" != --lang* ]]; then
                    words=("${words[1]}" run "${(@)words[2,-1]}")
                    (( CURRENT++ ))
                fi

            """#
        return script.replacing(end, with: help + end).replacing(beginning, with: beginning + run)
    }
}
