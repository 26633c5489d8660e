---@meta c8.time

--- Clocks, and times of ISO 8601. Times are seconds since 1970.
---@class c8.time
local time = {}

---@class (exact) c8.ZoneOptions
---@field zone? string "UTC", "local", or an offset such as "+08:00".

---@return number
function time.now() end

--- Seconds of a clock that is never set; for differences.
---@return number
function time.monotonic() end

---@param text string Such as "2024-09-13T14:14:00+08:00".
---@param zone? string | c8.ZoneOptions The zone of a text without one; UTC if nil.
---@return number
function time.parse(text, zone) end

---@param seconds number
---@param zone? string | c8.ZoneOptions UTC if nil.
---@return string
function time.format(seconds, zone) end

--- The seconds of a duration such as "PT8H".
---@param text string
---@return number
function time.duration(text) end

return time
