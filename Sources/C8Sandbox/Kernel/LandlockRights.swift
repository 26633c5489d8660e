/// Rights over files that Landlock knows, as its bits (landlock(7)).
package struct LandlockRights: OptionSet, Sendable, Hashable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) { self.rawValue = rawValue }

    package static let execute = LandlockRights(rawValue: 1 << 0)
    package static let writeFile = LandlockRights(rawValue: 1 << 1)
    package static let readFile = LandlockRights(rawValue: 1 << 2)
    package static let readFolder = LandlockRights(rawValue: 1 << 3)
    package static let removeFolder = LandlockRights(rawValue: 1 << 4)
    package static let removeFile = LandlockRights(rawValue: 1 << 5)
    package static let makeFolder = LandlockRights(rawValue: 1 << 7)
    package static let makeFile = LandlockRights(rawValue: 1 << 8)
    package static let moveBetweenFolders = LandlockRights(rawValue: 1 << 13)
    package static let truncate = LandlockRights(rawValue: 1 << 14)

    package static let read: LandlockRights = [.readFile, .readFolder]
    /// What changing the content of a folder takes: files, and folders below it, come, change and go.
    package static let write: LandlockRights = [
        .writeFile, .truncate, .makeFile, .removeFile, .makeFolder, .removeFolder, .moveBetweenFolders,
    ]
    /// What replacing one file of a folder takes: a new file is written beside it and renamed over it.
    package static let replaceFile: LandlockRights = [.writeFile, .truncate, .makeFile, .removeFile]

    /// All rights that a version of the interface can refuse, those that nothing is ever allowed among them.
    package static func known(toVersion version: Int) -> LandlockRights {
        var bits: UInt64 = (1 << 13) - 1
        if version >= 2 { bits |= 1 << 13 }
        if version >= 3 { bits |= 1 << 14 }
        if version >= 5 { bits |= 1 << 15 }
        return LandlockRights(rawValue: bits)
    }
}
