---@meta c8.crypto

--- Digests as lower-case hex, encodings, and random bytes of the system.
---@class c8.crypto
---@field base64 c8.Encoding
---@field hex c8.Encoding
local crypto = {}

--- `encoding(s)` is `encoding.encode(s)`.
---@class c8.Encoding
---@field encode fun(bytes: string): string
---@field decode fun(text: string): string
---@overload fun(bytes: string): string

---@param bytes string
---@return string
function crypto.md5(bytes) end

---@param bytes string
---@return string
function crypto.sha256(bytes) end

---@param key string
---@param bytes string
---@return string
function crypto.hmac_sha256(key, bytes) end

---@return string
function crypto.uuid() end

---@param count integer How many bytes, at most 1048576.
---@return string
function crypto.random(count) end

return crypto
