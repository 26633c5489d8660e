/// Which step of a flow: the names on the way to it, each with how often it had occurred in its scope.
///
/// The text form is what people type and what the database holds: components joined by `/`, `#n` after the n-th step of a
/// name, from 2 on. See ``init(text:)`` and ``text``.
package struct StepKey: Sendable, Hashable {
    /// One level of nesting.
    package struct Component: Sendable, Hashable {
        package let name: StepName
        /// 1 for the first step of that name in its scope.
        package let occurrence: Int

        package init(name: StepName, occurrence: Int) {
            self.name = name
            self.occurrence = occurrence
        }
    }

    /// From the outermost to the step itself. Empty for ``flow``.
    package let components: [Component]

    /// The scope of the steps that the flow's own function begins. No step itself.
    package static let flow = StepKey(components: [])

    /// Of the components. A key is looked up in several tables for each entry about its step.
    private let hash: Int

    private init(components: [Component]) {
        self.components = components
        hash = components.hashValue
    }

    package static func == (left: StepKey, right: StepKey) -> Bool {
        left.hash == right.hash && left.components == right.components
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(hash) }

    /// The step of that name within this scope.
    package func step(_ name: StepName, occurrence: Int = 1) -> StepKey {
        StepKey(components: components + [Component(name: name, occurrence: occurrence)])
    }

    /// The scope that the step was begun in: another step, or ``flow``. Of ``flow`` itself, ``flow``.
    package var scope: StepKey { StepKey(components: components.dropLast()) }

    package var isFlow: Bool { components.isEmpty }
}
