import C8Client

/// Which application of which platform a job is for, or a worker has.
enum QueueApplication {
    /// The key under which its token is kept; nil where no platform is configured.
    static func key(_ layers: ConfigurationLayers) -> String? {
        guard let settings = try? layers.platformSettings() else { return nil }
        return TokenKey(anyBaseURL: settings.baseURL.description, accessKey: settings.accessKey).text
    }
}
