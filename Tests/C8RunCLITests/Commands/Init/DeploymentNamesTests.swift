import Testing

@testable import C8RunCLI

/// Folders as units of systemd and crontabs name them.
struct DeploymentNamesTests {
    @Test(arguments: [
        ("/srv/a", "/srv/a", "/srv/a"), ("/srv/a b", "/srv/a b", "'/srv/a b'"),
        ("/srv/100%", "/srv/100%%", "'/srv/100\\%'"), ("/srv/it's", "/srv/it's", "'/srv/it'\\''s'"),
        ("/srv/订单", "/srv/订单", "'/srv/订单'"), ("/srv/$HOME`x`", "/srv/$HOME`x`", "'/srv/$HOME`x`'"),
    ])
    func folderIsSpelledForEach(_ folder: String, _ unit: String, _ crontab: String) throws {
        let names = try DeploymentNames(folder: folder)
        #expect(names.forUnit == unit)
        #expect(names.forCrontab == crontab)
    }

    @Test(arguments: ["/a\nb", "/a\r", "/a\\b", "/a\tb", "/a ", "/a\u{7F}", "/a\u{85}b"])
    func folderThatCannotBeNamedIsRefused(_ folder: String) {
        let error = #expect(throws: UsageError.self) { try DeploymentNames(folder: folder) }
        #expect(error?.description.contains("choose another one") == true)
    }
}
