---@meta c8.token

--- The platform's access token, which the host keeps; scripts rarely need to know of it.
---@class c8.token
local token = {}

---@class c8.TokenStatus
---@field age? number Seconds since it was fetched; nil where none is cached.
---@field ttl? number Seconds that it lives in all.
---@field expires_at? number Seconds since 1970.
---@field refresh_at? number Seconds since 1970; from then on the next call renews it.
---@field source? string Where it came from.

--- What is known of the cached token; fetches nothing.
---@async
---@return c8.TokenStatus
function token.status() end

--- Fetches a new token, as soon as the platform's minute allows.
---@async
---@return c8.TokenStatus
function token.refresh() end

--- The token itself; needs `--allow-token`.
---@async
---@return string
function token.reveal() end

return token
