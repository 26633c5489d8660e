package import C8Platform

/// What scripts are held against.
package struct CheckSettings: Sendable {
    /// The operations that exist.
    package var catalogue: Catalogue
    /// How operations are called, as far as that is known.
    package var bindings: BindingSet
    /// Whether anybody has said how operations are called. Where nobody has, all of them being unbound is said once, as
    /// information.
    package var hasBindings: Bool
    /// What the modules offer.
    package var types: TypeLibrary
    /// Whether matters of style count.
    package var isStrict: Bool

    /// Settings of given parts.
    package init(
        catalogue: Catalogue = .standard, bindings: BindingSet = BindingSet(), hasBindings: Bool = false,
        types: TypeLibrary, isStrict: Bool = false
    ) {
        self.catalogue = catalogue
        self.bindings = bindings
        self.hasBindings = hasBindings
        self.types = types
        self.isStrict = isStrict
    }
}
