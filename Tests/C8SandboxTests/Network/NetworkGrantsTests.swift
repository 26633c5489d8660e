import Testing

@testable import C8Sandbox

@Suite struct NetworkGrantsTests {
    @Test(
        arguments: [
            ("8.8.8.8", .global), ("127.0.0.1", .loopback), ("127.255.255.254", .loopback), ("0.0.0.0", .reserved),
            ("10.1.2.3", .private), ("172.16.0.1", .private), ("172.32.0.1", .global), ("192.168.1.1", .private),
            ("100.64.0.1", .private), ("169.254.0.1", .linkLocal), ("169.254.169.254", .metadata),
            ("100.100.100.200", .metadata), ("168.63.129.16", .metadata), ("192.0.0.192", .metadata),
            ("224.0.0.1", .reserved), ("255.255.255.255", .reserved), ("198.18.0.1", .private),
            ("203.0.113.9", .reserved),
            ("::1", .loopback), ("::", .reserved), ("::ffff:127.0.0.1", .loopback), ("::ffff:8.8.8.8", .global),
            ("::127.0.0.1", .loopback), ("64:ff9b::10.0.0.1", .private), ("64:ff9b::8.8.8.8", .global),
            ("2002:7f00:1::", .loopback), ("2002:808:808::", .global), ("2001::1", .reserved), ("fe80::1", .linkLocal),
            ("fd00:ec2::254", .metadata), ("fd12::1", .private), ("fec0::1", .private), ("ff02::1", .reserved),
            ("2606:4700::1111", .global), ("2001:db8::1", .reserved), ("4000::1", .reserved),
        ] as [(String, AddressKind)])
    func addressHasItsKind(text: String, kind: AddressKind) throws {
        #expect(try #require(IPAddress(text)).kind == kind)
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.256", "0x1.2.3.4", "::1%lo", ":::", "1.2.3.4\u{0}", "h",
    ])
    func whatIsNoAddressIsNone(text: String) { #expect(IPAddress(text) == nil) }

    @Test(arguments: [
        "", "*", "http://h", "h:0", "h:x", "h:65536", "h/24", "10.0.0.0/33", "10.0.0.0/", "*.10.0.0.1", "a b", "h,i",
    ])
    func whatIsNoHostIsRefused(text: String) {
        #expect(throws: WebAddressError.self) { try HostPattern(parsing: text) }
    }

    private func grants(_ allow: [String], deny: [String] = [], everywhere: Bool = false) throws -> NetworkGrants {
        NetworkGrants(
            allow: NetworkGrants.Scope(
                everywhere: everywhere, patterns: try allow.map { try HostPattern(parsing: $0) }),
            deny: NetworkGrants.Scope(patterns: try deny.map { try HostPattern(parsing: $0) }))
    }

    /// Grants, the URL, the address that its host leads to, and whether it may be dialled.
    @Test(
        arguments: [
            (["erp.example.com"], "https://erp.example.com/", "8.8.8.8", true),
            (["erp.example.com"], "https://ERP.example.com./", "8.8.8.8", true),
            (["erp.example.com"], "https://evil.example.com/", "8.8.8.8", false),
            (["erp.example.com"], "https://erp.example.com.evil.com/", "8.8.8.8", false),
            (["erp.example.com:443"], "https://erp.example.com/", "8.8.8.8", true),
            (["erp.example.com:443"], "https://erp.example.com:444/", "8.8.8.8", false),
            (["*.example.com"], "https://a.b.example.com/", "8.8.8.8", true),
            (["*.example.com"], "https://example.com/", "8.8.8.8", false),
            (["*.example.com"], "https://badexample.com/", "8.8.8.8", false),
            (["erp.example.com"], "https://erp.example.com/", "127.0.0.1", false),
            (["erp.example.com"], "https://erp.example.com/", "10.0.0.1", false),
            (["erp.example.com"], "https://erp.example.com/", "169.254.169.254", false),
            (["erp.example.com", "10.0.0.1"], "https://erp.example.com/", "10.0.0.1", true),
            (["erp.example.com", "10.0.0.1:80"], "https://erp.example.com/", "10.0.0.1", false),
            (["erp.example.com", "10.0.0.0/8"], "https://erp.example.com/", "10.9.8.7", true),
            (["erp.example.com", "10.0.0.0/8"], "https://erp.example.com/", "11.9.8.7", true),
            (["erp.example.com", "10.0.0.0/8"], "https://other.example.com/", "10.9.8.7", false),
            (["localhost:8080"], "http://localhost:8080/", "127.0.0.1", true),
            (["localhost:8080"], "http://localhost:8080/", "::1", true),
            (["localhost:8080"], "http://localhost:8080/", "10.0.0.1", false),
            (["localhost:8080"], "http://localhost:8081/", "127.0.0.1", false),
            (["127.0.0.1"], "http://127.0.0.1:9/", "127.0.0.1", true),
            (["127.0.0.1"], "http://[::ffff:127.0.0.1]:9/", "127.0.0.1", true),
            (["127.0.0.1"], "http://127.0.0.2/", "127.0.0.2", false),
            (["127.0.0.1"], "http://localhost/", "127.0.0.1", false),
            (["[::1]:80"], "http://[::1]/", "::1", true), (["::1"], "http://[0::1]:7/", "::1", true),
            (["fd00::/8"], "http://[fd12::5]/", "fd12::5", true), ([], "https://8.8.8.8/", "8.8.8.8", false),
        ] as [([String], String, String, Bool)])
    func hostAndAddressAreJudged(allow: [String], url: String, address: String, isOpen: Bool) throws {
        #expect(try opens(try grants(allow), url, address) == isOpen)
    }

    /// The script's grants and their bound, the URL, the address, and whether both open it.
    @Test(
        arguments: [
            (["erp.example.com"], ["erp.example.com"], [], "https://erp.example.com/", "8.8.8.8", true),
            (["erp.example.com"], ["*.example.com"], [], "https://erp.example.com/", "8.8.8.8", true),
            (["erp.example.com"], ["other.example.com"], [], "https://erp.example.com/", "8.8.8.8", false),
            (["*.example.com"], ["erp.example.com"], [], "https://a.example.com/", "8.8.8.8", false),
            (["h", "10.0.0.0/8"], ["h", "10.0.0.1"], [], "http://h/", "10.0.0.1", true),
            (["h", "10.0.0.0/8"], ["h", "10.0.0.1"], [], "http://h/", "10.0.0.2", false),
            (["h", "10.0.0.1"], ["h"], [], "http://h/", "10.0.0.1", false),
            (["h"], ["h"], ["8.8.8.0/24"], "http://h/", "8.8.8.8", false),
            (["h"], [], [], "http://h/", "8.8.8.8", false), ([], ["h"], [], "http://h/", "8.8.8.8", false),
        ] as [([String], [String], [String], String, String, Bool)])
    func grantsAreBoundByTheirCeiling(
        own: [String], ceiling: [String], denied: [String], url: String, address: String, isOpen: Bool
    ) throws {
        var grants = try grants(own)
        grants.ceilings = [try self.grants(ceiling, deny: denied)]
        #expect(try opens(grants, url, address) == isOpen)
    }

    @Test(arguments: [
        ("https://any.example/", "8.8.8.8", true), ("https://any.example/", "127.0.0.1", false),
        ("https://any.example/", "192.168.0.1", false), ("http://169.254.169.254/", "169.254.169.254", false),
        ("http://8.8.4.4/", "8.8.4.4", true), ("http://[fe80::1]/", "fe80::1", false),
        ("http://0.0.0.0/", "0.0.0.0", false),
        ("http://10.0.0.7/", "10.0.0.7", true),
    ])
    func everywhereIsThePublicInternet(url: String, address: String, isOpen: Bool) throws {
        #expect(try opens(try grants(["10.0.0.7"], everywhere: true), url, address) == isOpen)
    }

    @Test(arguments: [
        ("https://erp.example.com/", "8.8.8.8", false), ("https://ok.example.com/", "8.8.8.8", true),
        ("https://ok.example.com/", "9.9.9.9", false), ("https://ok.example.com/", "10.1.1.1", false),
        ("http://10.1.1.1/", "10.1.1.1", false), ("https://a.corp/", "8.8.8.8", false),
    ])
    func denialsWin(url: String, address: String, isOpen: Bool) throws {
        let grants = try grants(
            ["10.0.0.0/8"], deny: ["erp.example.com", "9.9.9.9", "10.1.0.0/16", "*.corp"], everywhere: true)
        #expect(try opens(grants, url, address) == isOpen)
    }

    @Test func denialOfLocalhostClosesItsAddresses() throws {
        let grants = try grants(["127.0.0.1", "localhost"], deny: ["localhost"])
        #expect(try !opens(grants, "http://127.0.0.1/", "127.0.0.1"))
        #expect(try !opens(grants, "http://localhost/", "::1"))
    }

    private func opens(_ grants: NetworkGrants, _ url: String, _ address: String) throws -> Bool {
        let url = try WebAddress(parsing: url)
        do throws(SandboxDenial) {
            try grants.check(url)
            guard let literal = IPAddress(address) else { return false }
            try grants.check(literal, of: url)
            return true
        } catch {
            #expect(error.description.contains(url.endpoint))
            #expect(error.remedy.contains("--"))
            return false
        }
    }
}
