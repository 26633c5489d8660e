/// Which files a script may read and write: none, until the operator says so.
package struct FileGrants: Sendable {
    /// A choice of files and folders; a folder stands for all that is below it.
    package enum Scope: Sendable, Hashable {
        case none
        case all
        case paths([String])

        /// What a flag that may be repeated says in all: a value that is nil or empty, as in a bare `--allow-read`, stands
        /// for everything, any other holds paths between commas. No value at all is no grant.
        package init(flagValues: [String?]) {
            var paths: [String] = []
            for value in flagValues {
                let parts = (value ?? "").split(separator: ",").map(String.init)
                if parts.isEmpty {
                    self = .all
                    return
                }
                for part in parts where !paths.contains(part) { paths.append(part) }
            }
            self = paths.isEmpty ? .none : .paths(paths)
        }
    }

    package var allowRead: Scope
    package var allowWrite: Scope
    /// Wins over what is allowed; also over the same file under another name.
    package var denyRead: Scope
    package var denyWrite: Scope
    /// What belongs to the host itself, its state folder, configuration and key files: out of reach whatever is granted.
    package var withheld: [String]

    package init(
        allowRead: Scope = .none, allowWrite: Scope = .none, denyRead: Scope = .none, denyWrite: Scope = .none,
        withheld: [String] = []
    ) {
        self.allowRead = allowRead
        self.allowWrite = allowWrite
        self.denyRead = denyRead
        self.denyWrite = denyWrite
        self.withheld = withheld
    }

    func allowed(_ access: FileAccess) -> Scope { access == .read ? allowRead : allowWrite }
    func denied(_ access: FileAccess) -> Scope { access == .read ? denyRead : denyWrite }
}
