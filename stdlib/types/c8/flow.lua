---@meta c8.flow

---@class c8.flow
local flow = {}

--- A flow while it runs.
---@class c8.Flow
---@field id string
---@field input any what `--input` gave
local Flow = {}

--- A write that was answered.
---@class c8.flow.Call
---@field operation string
---@field outcome "accepted"|"rejected"
---@field code integer|nil
---@field trace_id string|nil

--- What is known of a step in doubt.
---@class c8.flow.Known
---@field attempt integer
---@field writes integer
---@field started_at number seconds since 1970
---@field operation string|nil
---@field error string|nil
---@field trace_id string|nil
---@field calls c8.flow.Call[]

---@class (exact) c8.flow.Retry
---@field times integer|nil 3 if not said
---@field delay number|nil seconds before the second try; 1 if not said

---@class (exact) c8.flow.StepOptions
---@field verify (fun(known: c8.flow.Known): any)|nil a value is the step's result, nil means the writes did not happen
---@field retry integer|c8.flow.Retry|nil tries again, for a step that failed and wrote nothing
---@field timeout number|nil seconds
---@field settle number|nil seconds after a write before verify's nil is believed; 5 if not said

--- Runs a function once, over all runs of the flow, and returns what it returned then, as JSON keeps it.
---@param name string
---@param fn function
---@param options c8.flow.StepOptions|nil
---@return any result
function Flow:step(name, fn, options) end

--- Waits until so many seconds after this was first reached, in whatever run.
---@param seconds number
function Flow:sleep(seconds) end

---@class c8.flow.Options
---@field wait number|nil seconds to wait for a process that runs the flow; without end if not said

--- Runs the flow of that id, or goes on with it after a crash. Returns what the function returned when it first ended.
---@param id string the business's own number is best
---@param fn fun(f: c8.Flow): any
---@param options c8.flow.Options|nil
---@return any result
function flow.run(id, fn, options) end

return flow
