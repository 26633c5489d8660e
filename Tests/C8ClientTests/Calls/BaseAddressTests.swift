import Testing

@testable import C8Client

@Suite struct BaseAddressTests {
    private func configuration(_ url: String, allowInsecureHTTP: Bool = false) -> ClientConfiguration {
        ClientConfiguration(
            baseURL: url, accessKey: "key",
            credentials: { Credentials(accessKey: "key", secretKey: Secret("secret")) },
            allowInsecureHTTP: allowInsecureHTTP)
    }

    @Test(arguments: [
        ("https://sapi.supercarrier8.com", "https://sapi.supercarrier8.com"), ("https://x/", "https://x"),
        ("HTTPS://X.Example:443//", "https://x.example"), ("https://x:8443/base/v1/", "https://x:8443/base/v1"),
        ("http://127.0.0.1:80", "http://127.0.0.1"), ("http://127.8.9.10:8080", "http://127.8.9.10:8080"),
        ("http://localhost:9", "http://localhost:9"), ("http://[::1]:9", "http://[::1]:9"),
        ("https://[2001:DB8::1]", "https://[2001:db8::1]"),
    ])
    func addressHasOneText(url: String, text: String) throws {
        #expect(try BaseAddress(configuration(url)).text == text)
        #expect(BaseAddress.canonical(url) == text)
    }

    @Test(arguments: [
        "", "x", "//x", "ftp://x", "file:///etc", "http+unix://x", "https://", "https:///x", "https://:443",
        "https://u@x",
        "https://u:p@x", "https://x/@y", "https://x?q", "https://x/#f", "https://x y", "https://x\r\nHost: y",
        "https://x\\y",
        "https://例え", "https://x:0", "https://x:65536", "https://x:", "https://x:80:80", "https://x:+80",
        "https://x/a//b",
        "https://x/../y", "https://x/./y", "https://x/%2e%2e", "https://[::1", "https://::1", "https://[x]",
        "https://[::1]x",
        "https://a..b", "https://.a", "https://127.1", "https://1.2.3.256", "https://01.2.3.4", "https://0x7f.0.0.1x.1",
    ])
    func whatIsNoPlainAddressIsRefused(url: String) {
        let error = #expect(throws: ClientError.self) { try BaseAddress(configuration(url, allowInsecureHTTP: true)) }
        #expect(error?.kind == .config)
        #expect(error?.message.contains("https://sapi.supercarrier8.com") == true)
    }

    @Test(arguments: [
        "http://x", "http://10.0.0.1", "http://127.0.0.1.example", "http://localhost.example", "http://[::1].example",
        "http://[::2]", "http://128.0.0.1",
    ])
    func plainHTTPIsForThisMachineAlone(url: String) {
        let error = #expect(throws: ClientError.self) { try BaseAddress(configuration(url)) }
        #expect(error?.kind == .config)
    }

    @Test func plainHTTPElsewhereNeedsThePermission() throws {
        #expect(try BaseAddress(configuration("http://10.0.0.1:80", allowInsecureHTTP: true)).text == "http://10.0.0.1")
    }

    @Test func passwordInAWrongURLIsNotShown() {
        let error = #expect(throws: ClientError.self) { try BaseAddress(configuration("https://user:CANARY@x")) }
        #expect(error?.message.contains("CANARY") == false)
    }
}
