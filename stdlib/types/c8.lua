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
---@field csv c8.csv
---@field flow c8.flow
---@field progress c8.progress
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

--- What an upload sends, where it goes, and how. One of `file` and `rows`.
---@class (exact) c8.Upload
---@field operation c8.OperationID
---@field field string The field of the body that takes a batch.
---@field body? table The other fields of the body, the same for each batch.
---@field file? string A table with a value on each line, or in a column; within `--allow-read`.
---@field rows? any[] | fun(): any Values, or tables whose field `column` is meant; the same in each run.
---@field column? string | integer The column of the file (a name means that it has a header), or the field of each row.
---@field header? boolean Whether to pass over the file's first row where the column is a number.
---@field separator? string One character; a comma if nil.
---@field batch? integer Rows of a request; 1000 if nil.
---@field concurrency? integer Requests at a time, at most; 8 if nil.
---@field pattern? string | fun(value: string): any What does not match it as a whole is not sent.
---@field on_reject? string | fun(row: c8.RejectedRow) A table (to be granted for reading, too), or a function.
---@field verify? fun(values: string[], batch: c8.UploadBatch): any Whether a batch was accepted whose answer was lost.
---@field id? string What later runs know the upload by; within a flow's step only needed to tell several apart.

--- A row that was not accepted.
---@class c8.RejectedRow
---@field value string
---@field line? integer
---@field code? integer The platform's code.
---@field message? string The platform's words, or why the row was not sent.

--- A batch that `verify` is asked about.
---@class c8.UploadBatch
---@field batch integer Its number, from 1.
---@field first_line integer
---@field last_line integer

--- What an upload came to.
---@class c8.UploadSums
---@field sent integer Rows that went to the platform.
---@field accepted integer Rows that it took.
---@field rejected integer Rows that it did not take, or that the pattern kept back.
---@field duplicate integer Rows that came before in the input, or that the platform had already.
---@field batches integer
---@field retries integer
---@field seconds number

--- Sends rows in batches, several at a time. With an `id`, or in a flow's step, a later run goes on where it was.
---@async
---@param upload c8.Upload
---@return c8.UploadSums
function c8.upload(upload) end

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
