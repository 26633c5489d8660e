import C8Emulator
import C8Platform
import C8Run
import Logging

/// How operations are bound, as far as the options lead: no other setting is needed, and nothing is sent.
enum KnownBindings {
    static func load(_ options: APIOptions, in context: CommandContext) throws -> BindingSet {
        let settings = options.output.settings
        let layers = try context.loader.load(options.platform.request, warn: settings.printer.warn)
        var sources: [PlatformConfiguration.Bindings] = []
        if options.emulator {
            // The profile's bindings are of the platform, which the emulator is not.
            sources = [.data(Emulator.bindingsFile, name: "emulator")]
            sources += (layers.flags.bindings?.value ?? []).map { .file($0) }
        } else {
            sources = layers.bindings.map { .file($0) }
        }
        do {
            return try PlatformServices.loadBindings(
                sources, readsAll: true, logger: settings.logger(standardLevel: .warning))
        } catch let error as BindingError {
            throw ConfigurationError(error.description, origin: .builtIn)
        }
    }
}
