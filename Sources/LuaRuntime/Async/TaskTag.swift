/// A number that a script's task carries, its children too, and everything that host functions do for it.
package enum TaskTag {
    /// The tag of the task that the running host function was called by; 0 where there is none.
    @TaskLocal package static var current: Int64 = 0
}
