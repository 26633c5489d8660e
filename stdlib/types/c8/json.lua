---@meta c8.json

--- JSON: integers of 64 bits stay exact, empty arrays and objects survive a round trip.
---@class c8.json
---@field null userdata The null of JSON, which a Lua table cannot hold as nil.
local json = {}

---@class (exact) c8.JSONOptions
---@field pretty? boolean Indented, on several lines.
---@field sort_keys? boolean Sorted, so that equal values have equal texts.

---@param text string
---@return any
function json.decode(text) end

---@param value any
---@param options? c8.JSONOptions
---@return string
function json.encode(value, options) end

--- Marks a table as an array, which matters where it is empty.
---@generic T: table
---@param value T
---@return T
function json.array(value) end

--- Marks a table as an object, which matters where it is empty or has integer keys.
---@generic T: table
---@param value T
---@return T
function json.object(value) end

return json
