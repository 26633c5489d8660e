-- c8.crypto: digests as lower-case hex, and the two encodings, each callable: `base64(s)` is `base64.encode(s)`.
local _, native = ...

local function encoding(encode, decode)
  return setmetatable({ encode = encode, decode = decode }, {
    __call = function(_, text)
      return encode(text)
    end,
  })
end

return {
  md5 = native.md5,
  sha256 = native.sha256,
  hmac_sha256 = native.hmac_sha256,
  base64 = encoding(native.base64_encode, native.base64_decode),
  hex = encoding(native.hex_encode, native.hex_decode),
  uuid = native.uuid,
  random = native.random,
}
