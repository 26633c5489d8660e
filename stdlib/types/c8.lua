---@meta c8

--- The platform's operations by their ids, and everything else that a script gets from its host.
---@class c8
---@field profile string? The name of the profile in use.
---@field dry_run boolean Whether calls that would change something are logged instead of sent.
---@field token c8.token
---@field json c8.json
---@field http c8.http
---@field fs c8.fs
---@field log c8.log
---@field time c8.time
---@field crypto c8.crypto
---@field env c8.env
---@field task c8.task
c8 = {}

--- What one call may say for itself.
---@class (exact) c8.CallOptions
---@field timeout? number The bound on the call, in seconds.
---@field headers? table<string, string> Headers beside the client's own.
---@field validate? boolean False to send the body without holding it against the binding first.
---@field save_to? string The path of the file that takes a download; within `--allow-write`.

--- The platform's answer around its data.
---@class c8.Envelope
---@field code integer 200 is success.
---@field message string
---@field data any The data, as the first result has it.
---@field timestamp? integer Milliseconds since 1970.
---@field traceId? string What to tell the platform's operators when something went wrong.
---@field trace_id? string The same.
---@field exception? any
---@field meta? any
---@field ext? any

--- What is raised when something fails: `local ok, err = pcall(…)`; `tostring(err)` is the whole story.
---@class c8.Error
---@field kind c8.ErrorKind
---@field message string What happened and what to do.
---@field operation? string The operation's id.
---@field code? integer The platform's code, or the file system's name for the error.
---@field trace_id? string The platform's id of the request.
---@field status? integer The HTTP status.
---@field attempts? integer Requests that were made.
---@field outcome? c8.Outcome Of a write: what is known of it.

---@alias c8.ErrorKind
---| "api" # The platform refused: see code.
---| "http" # The answer is not the platform's.
---| "network" # No connection, or it broke.
---| "timeout" # No answer in time.
---| "denied" # The sandbox forbids it; the message names the flag that allows it.
---| "config" # A setting is missing or wrong.
---| "unbound" # Nobody has said yet how the operation is called.
---| "invalid" # The script gave something that cannot be sent.
---| "limit" # Larger than allowed.
---| "cancelled" # The script is being stopped.

---@alias c8.Outcome
---| "not_sent" # Safe to repeat.
---| "rejected" # The platform said no.
---| "unknown" # It may have happened: look before you repeat it.

--- A file as a field of a call's body; it is opened when the call is made.
---@class c8.File

---@class (exact) c8.FileOptions
---@field name? string The name that the platform sees; the path's own if nil.
---@field type? string The media type; by the name's ending if nil.

---@class (exact) c8.Request
---@field method "GET" | "POST" | "PUT" | "DELETE" | "PATCH"
---@field path string Below the profile's base URL.
---@field query? table<string, string | number | boolean>
---@field body? any Sent as JSON.
---@field headers? table<string, string>
---@field timeout? number Seconds.
---@field effect? "read" | "idempotent" | "write" Whether it may be repeated; GET is a read, all else a write.

--- Calls an operation by its id.
---@async
---@param id c8.OperationID
---@param body? table The fields.
---@param opts? c8.CallOptions
---@return any data
---@return c8.Envelope envelope
function c8.call(id, body, opts) end

--- All items of a paged operation, one after another: `for order in c8.pages("production.orders.list") do … end`.
--- Items that are added or removed meanwhile move the others over the pages' borders; none of them is lost or doubled
--- by that.
---@param id c8.OperationID
---@param body? table The fields; those of the page's number and size may be among them.
---@param opts? c8.CallOptions
---@return fun(): any
function c8.pages(id, body, opts) end

--- A request that the catalogue lacks, with the token, to the profile's own host.
---@async
---@param request c8.Request
---@return any data
---@return c8.Envelope envelope
function c8.request(request) end

--- A file as a field's value, which makes the request a form: `c8.file("front.jpg", {name = "photo.jpg"})`.
---@param path string Within `--allow-read`.
---@param options? c8.FileOptions
---@return c8.File
function c8.file(path, options) end

return c8
