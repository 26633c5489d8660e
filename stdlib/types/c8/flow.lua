---@meta c8.flow

---@class c8.flow
local flow = {}

--- A flow while it runs.
---@class c8.Flow
---@field id string
---@field input any what `--input` gave
local Flow = {}

---@class (exact) c8.flow.StepOptions
---@field verify function|nil tells what became of writes: a value is the step's result, nil means they did not happen
---@field retry integer|{times: integer, delay: number}|nil tries again, where nothing was written
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
