import C8Client

/// The state cannot be kept, or not be used as it is.
package struct StateStoreError: StoreFailure, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as far as the remedy depends on it.
    package enum Kind: String, Sendable, CaseIterable {
        /// Another process keeps it locked.
        case locked
        /// It can be read and not written.
        case readOnly
        /// There is no room on the disk.
        case full
        /// It is no database, or no whole one.
        case damaged
        /// It belongs to another user, or others may write it.
        case foreign
        /// A newer version of this program has written it.
        case newer
        /// Anything else.
        case unusable
    }

    package let kind: Kind
    /// The folder or file that is meant.
    package let path: String
    /// What is wrong, in words.
    package let problem: String

    /// A failure in words.
    package init(_ kind: Kind = .unusable, path: String, problem: String) {
        self.kind = kind
        self.path = path
        self.problem = problem
    }

    package var isBusy: Bool { kind == .locked }

    /// What to do about it.
    package var remedy: String {
        switch kind {
        case .locked: "see which process has it open, as with fuser \(path), and end it if it is stopped"
        case .readOnly: "make it writable for this user, or name another folder with C8_STATE"
        case .full: "make room on the disk, or name another folder with C8_STATE"
        case .damaged: "the next run moves it aside and begins anew; look after the disk"
        case .foreign:
            "make it this user's own and closed to others (chown, chmod go-w), or name another folder with C8_STATE"
        case .newer: "use that version, or name another folder with C8_STATE"
        case .unusable: "make the folder writable for you alone, or name another with C8_STATE"
        }
    }

    package var description: String { "the state in \(path) cannot be used: \(problem); \(remedy)" }
}
