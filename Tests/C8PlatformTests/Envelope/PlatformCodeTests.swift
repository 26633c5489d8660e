import C8Platform
import Testing

struct PlatformCodeTests {
    @Test(
        arguments: [
            (.success, 200, "成功"), (.keyOrSecretWrong, 21_184_031, "应用账号或密钥不正确"),
            (.applicationDisabled, 21_184_032, "应用账号被禁用"),
            (.applicationUnknown, 21_184_033, "应用账号不存在"), (.accessKeyEmpty, 21_180_031, "Access Key不能为空"),
            (.secretEmpty, 21_180_041, "密钥不能为空"), (.tokenFetchedTooOften, 21_185_002, "获取Token超出频率限制"),
            (.unknownError, 500, "未知错误"),
        ] as [(PlatformCode, Int64, String)])
    func documentedCodesHaveTheirMeaning(code: PlatformCode, rawValue: Int64, meaning: String) {
        #expect(code.rawValue == rawValue)
        #expect(code.documentedMeaning == meaning)
        #expect(PlatformCode.ofGetToken.contains(code))
        #expect((code.remedy == nil) == (code == .success))
    }

    @Test func tokenRefusalsAndCredentialRefusalsAreToldApart() {
        let tokens: [PlatformCode] = [.tokenRefusedA, .tokenRefusedB]
        #expect(tokens.map(\.rawValue) == [20_324_012, 20_324_013])
        #expect(tokens.allSatisfy { $0.isTokenRefusal && !$0.isCredentialRefusal && $0.remedy != nil })
        let credentials: [PlatformCode] = [
            .keyOrSecretWrong, .applicationDisabled, .applicationUnknown, .accessKeyEmpty, .secretEmpty,
        ]
        #expect(credentials.allSatisfy { $0.isCredentialRefusal && !$0.isTokenRefusal })
        #expect(!PlatformCode.tokenFetchedTooOften.isCredentialRefusal)
    }

    @Test func unknownCodesSurvive() {
        let code = PlatformCode(rawValue: 99_000_001)
        #expect(code.documentedMeaning == nil)
        #expect(code.remedy == nil)
        #expect(code.description == "99000001")
    }
}
