/// A code of the platform's envelope.
///
/// The space is open: each interface has codes of its own, so unknown ones are kept as they are. Named here are those
/// that the page 获取 AccessToken documents.
package struct PlatformCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The number in the envelope.
    package let rawValue: Int64

    /// Takes any number: unknown codes are kept.
    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Success.
    package static let success = PlatformCode(rawValue: 200)
    /// An interface refused the token: fetch a new one (section 3.2 of the page, which does not tell the two apart).
    package static let tokenRefusedA = PlatformCode(rawValue: 20_324_012)
    /// An interface refused the token: fetch a new one.
    package static let tokenRefusedB = PlatformCode(rawValue: 20_324_013)
    /// get-token: the access key or the secret is wrong.
    package static let keyOrSecretWrong = PlatformCode(rawValue: 21_184_031)
    /// get-token: the application is disabled.
    package static let applicationDisabled = PlatformCode(rawValue: 21_184_032)
    /// get-token: there is no such application.
    package static let applicationUnknown = PlatformCode(rawValue: 21_184_033)
    /// get-token: the access key is empty.
    package static let accessKeyEmpty = PlatformCode(rawValue: 21_180_031)
    /// get-token: the secret's sign is empty.
    package static let secretEmpty = PlatformCode(rawValue: 21_180_041)
    /// get-token: called more often than once a minute.
    package static let tokenFetchedTooOften = PlatformCode(rawValue: 21_185_002)
    /// get-token: an error the platform does not name.
    package static let unknownError = PlatformCode(rawValue: 500)

    /// The codes that get-token can answer, in the order of the page's table.
    package static let ofGetToken: [PlatformCode] = [
        .success, .keyOrSecretWrong, .applicationDisabled, .applicationUnknown, .accessKeyEmpty, .secretEmpty,
        .tokenFetchedTooOften, .unknownError,
    ]

    /// An interface says that the token is no longer good.
    package var isTokenRefusal: Bool {
        self == .tokenRefusedA || self == .tokenRefusedB
    }

    /// get-token says that these credentials will never do: trying again without changing them is useless.
    package var isCredentialRefusal: Bool {
        switch self {
        case .keyOrSecretWrong, .applicationDisabled, .applicationUnknown, .accessKeyEmpty, .secretEmpty: true
        default: false
        }
    }

    /// The page's own words for this code; nil when the page does not list it.
    package var documentedMeaning: String? {
        switch self {
        case .success: "成功"
        case .keyOrSecretWrong: "应用账号或密钥不正确"
        case .applicationDisabled: "应用账号被禁用"
        case .applicationUnknown: "应用账号不存在"
        case .accessKeyEmpty: "Access Key不能为空"
        case .secretEmpty: "密钥不能为空"
        case .tokenFetchedTooOften: "获取Token超出频率限制"
        case .unknownError: "未知错误"
        default: nil
        }
    }

    /// What a person can do about it, in English; nil when nothing is known to help.
    package var remedy: String? {
        switch self {
        case .tokenRefusedA, .tokenRefusedB:
            "fetch a new token; if new tokens are refused too, look for another program that uses the same access key"
        case .keyOrSecretWrong:
            "check the access key and the secret of the profile, and that both belong to this base URL"
        case .applicationDisabled:
            "ask the platform's operators to enable the application"
        case .applicationUnknown:
            "check the access key, and that the application belongs to this base URL's environment"
        case .accessKeyEmpty:
            "set the access key of the profile"
        case .secretEmpty:
            "set the secret of the profile"
        case .tokenFetchedTooOften:
            "wait a minute; programs that share an access key should share one token cache"
        case .unknownError:
            "try again later; if it stays, give the traceId to the platform's operators"
        default:
            nil
        }
    }

    /// The number in decimal digits.
    package var description: String {
        String(rawValue)
    }
}
