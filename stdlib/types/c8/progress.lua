---@meta c8.progress

---@class c8.progress
local progress = {}

---@class (exact) c8.progress.Options
---@field total number|nil what there is to do
---@field label string|nil

---@class c8.progress.Bar
local Bar = {}

--- So much more is done; 1 if not said.
---@param amount number|nil
function Bar:advance(amount) end

function Bar:finish() end

--- Shows how far a script is.
---@param options c8.progress.Options|nil
---@return c8.progress.Bar
function progress.bar(options) end

return progress
