import C8Run

/// The project's folder in the spellings of what runs its scripts on a schedule.
struct DeploymentNames: Sendable {
    private let folder: String

    /// - Parameter folder: absolute.
    /// - Throws: `UsageError` for a path that crontabs or units cannot name: crons differ in what a backslash means, lines
    ///   end at line breaks, and blanks at a line's end are dropped.
    init(folder: String) throws(UsageError) {
        let isPlain = folder.unicodeScalars.allSatisfy { scalar in
            scalar != "\\" && scalar.properties.generalCategory != .control
        }
        guard isPlain, folder.last != " " else {
            throw UsageError(.folderName, ["folder": TerminalText.line(folder)])
        }
        self.folder = folder
    }

    /// A template with its places filled: `{folder}` as a value of the file's own kind, `{service}` and `{timer}` as words
    /// for a shell.
    func filled(_ text: String, in file: String) -> String {
        text.replacing("{folder}", with: file == "crontab" ? forCrontab : forUnit)
            .replacing("{service}", with: ShellText.quoted("\(folder)/deploy/flow.service"))
            .replacing("{timer}", with: ShellText.quoted("\(folder)/deploy/flow.timer"))
    }

    /// A percent sign begins a specifier (systemd.unit, "Specifiers").
    var forUnit: String { folder.replacing("%", with: "%%") }

    /// A word for the shell, in which a percent sign would end the command (crontab(5)).
    var forCrontab: String { ShellText.quoted(folder).replacing("%", with: "\\%") }
}
