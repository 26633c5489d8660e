/// The texts of `:help`.
enum ReplHelp {
    /// What the first lines of a session say.
    static func greeting(_ place: String) -> String {
        "c8run \(Version.text), Lua 5.4, \(place). :help tells more, Control-D ends.\n"
    }

    static let topics: [(name: String, text: String)] = [
        (
            "keys",
            """
            Tab               complete a name, a field, a module, a :command
            Up, Down          the lines before
            Control-R         search them: type a part of one, Control-R again for an older one
            Control-A, -E     to the beginning, to the end
            Control-W, -U, -K delete a word, the line, the rest of the line
            Control-L         clear the screen
            Control-C         give the line up; stop what runs
            Control-Z         stop c8run itself, until fg
            Control-D         end, on an empty line

            A paste of several lines is taken as one text: Enter runs it.

            """
        ),
        (
            "values",
            """
            An expression is printed without return; several values side by side. _ is the first of the last results.
            What is long is cut: at 5 tables deep, 100 positions or 60 fields of a table, 2,000 bytes of a string.
            print shows a value as scripts would print it, c8.json.encode(value, {pretty = true}) all of it.

            """
        ),
        (
            "locals",
            """
            Each text that is typed is a chunk of its own, but local variables at its top are kept: later lines see and change
            them, as they would below it in one file. A line that fails midway keeps none. <close> variables are closed at
            the end of their line.

            """
        ),
        (
            "history",
            """
            Lines are kept in $XDG_STATE_HOME/c8run/repl_history, the last 1,000, for later sessions. What begins with a
            blank is not kept at all; what has secret, password, token= or access_key in it is kept until the session ends.

            """
        ),
        (
            "c8",
            """
            c8.<operation>{…} calls the platform: Tab after c8. completes its names, and within the braces the fields, where a
            binding tells them. :type c8.production.orders.create shows request and answer. --emulator brings a platform to
            try things with, --dry-run keeps writes back.

            """
        ),
    ]

    /// The text for a topic; nil for one that is none.
    static func text(_ topic: String?) -> String? {
        guard let topic else { return overview }
        return topics.first { $0.name == topic }?.text
    }

    private static var overview: String {
        let rows = ReplDirective.table.map {
            [":" + $0.name + ($0.argument.isEmpty ? "" : " " + $0.argument), $0.summary]
        }
        return "Type Lua: an expression or statements; an unfinished one goes on in the next line.\n\n"
            + TextTable.lines(rows).map { "  \($0)\n" }.joined()
    }
}
