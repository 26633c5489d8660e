import C8Check
import C8Run
import Testing

/// The annotations that editors use are what modules are held against.
struct TypeLibraryTests {
    @Test func everyModuleOfTheHostHasItsDefinitions() {
        for name in HostModuleNames.all where name.hasPrefix("c8") {
            #expect(Checking.types.moduleNames.contains(name), "\(name) has no file of types")
            let local = name.split(separator: ".").last ?? ""
            let found = Checking.found("local \(local) = require '\(name)'\nlocal _ = \(local).there_is_no_such_thing")
            #expect(["2 unknown-field", "2 unknown-operation"].contains(found.first), "\(name): \(found)")
        }
    }
}
