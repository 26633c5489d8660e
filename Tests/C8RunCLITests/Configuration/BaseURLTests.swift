import Testing

@testable import C8RunCLI

@Suite struct BaseURLTests {
    @Test(arguments: [
        ("https://sapi.supercarrier8.com", "https://sapi.supercarrier8.com"),
        ("https://sapi.supercarrier8.com/", "https://sapi.supercarrier8.com"),
        ("HTTPS://Host.Example:8443/api//", "https://host.example:8443/api"),
        ("http://[::1]:80/x/y", "http://[::1]:80/x/y"),
        ("http://10.0.0.7", "http://10.0.0.7"),
        ("https://my_host-1/v1.2", "https://my_host-1/v1.2"),
    ])
    func isWrittenInOneForm(_ text: String, _ expected: String) throws {
        #expect(try BaseURL(parsing: text).description == expected)
    }

    @Test(arguments: [
        "", "sapi.example", "ftp://x", "https://", "https:///path", "https://user@host", "https://u:p@host",
        "https://h?q=1",
        "https://h#f", "https://h\\@evil", "https://h:0", "https://h:65536", "https://h:", "https://h:80:90",
        "https://h:+80",
        "https://ho st", "https://h\r\nX: y", "https://例え.example", "https://-h", "https://h-", "https://a..b",
        "https://h.",
        "https://[::1", "https://[host]", "https://[::1]x", "https://h/../x", "https://h/./x", "https://h//x",
        "https://h/%2e",
        "http://127.1", "http://2130706433", "http://0x7f.0.0.1", "http://127.0.0.01", "http://0x7f000001",
        "http://1.2.3.4.5",
        "http://256.0.0.1", "https://h/a;b",
    ])
    func anythingDoubtfulIsRefused(_ text: String) {
        #expect(throws: BaseURLError.self) { try BaseURL(parsing: text) }
    }

    @Test(arguments: [
        ("http://localhost", true), ("http://LOCALHOST:1", true), ("http://127.0.0.1:9", true),
        ("http://127.255.0.3", true),
        ("http://[::1]", true), ("http://localhost.example", false), ("http://128.0.0.1", false),
        ("http://10.0.0.1", false),
        ("http://[::2]", false), ("http://127.0.0.1.example", false), ("http://0.0.0.0", false),
        ("http://[::ffff:127.0.0.1]", false),
    ])
    func loopbackIsThisMachineAlone(_ text: String, _ expected: Bool) throws {
        #expect(try BaseURL(parsing: text).isLoopback == expected)
    }
}
