---@meta c8.env

--- Environment variables within `--allow-env`, and the secrets of other systems, which nobody sees.
---@class c8.env
local env = {}

--- A secret of the profile: to be sent to its own host by c8.http, never to be seen.
---@class c8.Secret
local secret = {}

--- The secret as the password of `Basic` credentials, for the header Authorization.
---@param user string
---@return c8.Secret
function secret:basic(user) end

---@param name string
---@return string?
function env.get(name) end

---@param name string As in `[profiles.x.secrets.name]`.
---@return c8.Secret
function env.secret(name) end

return env
