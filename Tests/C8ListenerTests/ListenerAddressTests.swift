import Testing

@testable import C8Listener

@Suite struct ListenerAddressTests {
    @Test(
        arguments: [
            ("127.0.0.1:9400", "127.0.0.1:9400"), ("9400", "127.0.0.1:9400"), ("localhost:0", "127.0.0.1:0"),
            ("[::1]:9400", "[::1]:9400"), ("127.9.9.9:1", "127.9.9.9:1"), (":9400", nil),
        ] as [(String, String?)])
    func addressesOfThisMachineAreRead(_ text: String, _ shown: String?) throws {
        #expect((try? ListenerAddress(parsing: text))?.description == shown)
    }

    @Test(arguments: ["0.0.0.0:9400", "[::]:9400", "10.0.0.1:80", "[fe80::1]:1", "[::ffff:127.0.0.1]:80"])
    func otherMachinesCannotReachIt(_ text: String) {
        #expect(throws: ListenerError.notLoopback(text)) { _ = try ListenerAddress(parsing: text) }
    }

    @Test(arguments: ["", "x", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:-1", "example.com:80", "1:2:3"])
    func whatIsNoAddressIsRefused(_ text: String) {
        #expect(throws: ListenerError.badAddress(text)) { _ = try ListenerAddress(parsing: text) }
    }
}
