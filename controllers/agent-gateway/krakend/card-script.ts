import { LUA_JSON } from './lua-json.ts';

/**
 * Agent cards with the gateway's address, written by KrakenD's Lua (5.1): https://www.krakend.io/docs/endpoints/lua/
 * The scripts are constant: what differs between calls and agents is in the request and in the answer.
 * docs/decisions/0049-cards-by-lua.md
 */

/** The name of the value by which KrakenD's `proxy.static` tells the script the path in a card. */
export const PATH_IN_CARD = 'path_in_card';

/** Before KrakenD replaces `X-Forwarded-Host` by `Host`. It runs without Lua's libraries, so it checks nothing. */
const PUBLIC_HOST = `local call = ctx.load()
local host = call:headers('X-Forwarded-Host')
if call:headerList('X-Forwarded-Host'):len() > 1 then host = 'several values' end
if host ~= '' then call:host(host) end
`;

/** Works out the public address of the agent, which `REWRITE` reads. The path is that of the call, for short and long paths. */
const ADDRESS = `local call = request.load()
local path = call:path()
local prefix = path:match('^(.+)/%.well%-known/agent%-card%.json$') or path:match('^(.+)/%.well%-known/agent%.json$')
if not prefix then custom_error('the card is at /.well-known/agent-card.json', 404) end
local scheme, host = call:headers('X-Forwarded-Proto'), call:headers('X-Forwarded-Host')
if scheme == '' then scheme = 'http' end
if call:headerList('X-Forwarded-Proto'):len() > 1 then scheme = 'several' end
if scheme ~= 'http' and scheme ~= 'https' then custom_error('X-Forwarded-Proto must be http or https', 400) end
local name = host:match('^(.-):%d%d?%d?%d?%d?$') or host
if #host > 260 or not (name:match('^[%w._-]+$') or name:match('^%[[%x:.]+%]$')) then
  custom_error('X-Forwarded-Host, or else Host, must be one host name or address, with or without a port', 400)
end
origin, address = scheme .. '://' .. host, scheme .. '://' .. host .. prefix
call:headers('Accept-Encoding', 'identity')
`;

/**
 * Replaces the addresses in a card and leaves all else as it is written. A card of A2A 0.3 has `url`, `preferredTransport` and
 * `additionalInterfaces`, one of 1.0 has `supportedInterfaces`. An interface stays if the gateway serves it: JSONRPC at the
 * path to which the gateway sends calls.
 */
const REWRITE = String.raw`local LIMIT = 262144
local answer = response.load()

-- A short path's card can name the long path. KrakenD writes all headers twice if the answer has data, so none is left.
local path_in_card = answer:data():get('${PATH_IN_CARD}')
answer:data():del('${PATH_IN_CARD}')
if path_in_card then address = origin .. path_in_card end

${LUA_JSON}
local own = request.load():path():match('^(.*)/%.well%-known/') or ''
local public = '"' .. address .. '"'

local function path_of(url)
  local path = url and (url:match('^%a[%w+.-]*://[^/?#]*([^?#]*)') or url:match('^/[^?#]*'))
  local last = path and #path
  while path and path:byte(last) == 47 do last = last - 1 end
  return path and path:sub(1, last)
end

local function is_jsonrpc(binding) return binding ~= nil and binding:upper() == 'JSONRPC' end

local function is_served(at)
  if text:sub(at, at) ~= '{' then return false end
  local url, binding
  each(at, function(first, last, name)
    if name == 'url' then url = string_at(first, last) end
    if name == 'protocolBinding' or name == 'transport' then binding = string_at(first, last) end
  end)
  return is_jsonrpc(binding) and path_of(url) == own
end

-- The interfaces of a list that the gateway serves, with its address. Nil if there is none.
local function served_of(at)
  local kept = {}
  each(at, function(first)
    if is_served(first) then
      kept[#kept + 1] = object(first, function(name, from, to) return name == 'url' and public or text:sub(from, to) end)
    end
  end)
  return #kept > 0 and '[' .. table.concat(kept, ',') .. ']' or nil
end

-- What the card offers: the binding of its url, whether it lists interfaces, and the lists that stay, by their positions: a name can
-- occur a thousand times, and each must take no more room than it had.
local function read(start)
  local offer = { binding = 'JSONRPC', lists = {}, serves = {} }
  each(start, function(first, last, name)
    local kind = text:sub(first, first)
    if name == 'url' and kind == '"' then offer.has_url = true end
    if name == 'preferredTransport' and kind == '"' then offer.binding = string_at(first, last) or '' end
    if (name == 'additionalInterfaces' or name == 'supportedInterfaces') and kind == '[' then
      offer.lists[first] = served_of(first)
      offer.serves[name] = offer.serves[name] or offer.lists[first] ~= nil
      offer.has_list = true
    end
    if name == 'signatures' and kind == '[' and not text:find('^%[[ \t\r\n]*%]', first) then offer.is_signed = true end
  end)
  offer.serves_url = offer.has_url and (is_jsonrpc(offer.binding) or offer.serves.additionalInterfaces)
  return offer
end

local function rewritten()
  text = text:gsub('^\239\187\191', '')
  local start = text:find('[^ \t\r\n]')
  if not start or text:sub(start, start) ~= '{' then fail('is not a JSON object') end
  if text:find('[^ \t\r\n]', value_end(start) + 1) then fail('is not valid JSON') end
  local offer = read(start)
  if (offer.has_url or offer.has_list) and not (offer.serves_url or offer.serves.supportedInterfaces) then
    fail('names no interface that this gateway serves: JSONRPC at the path ' .. (own == '' and '/' or own))
  end
  local body = object(start, function(name, first, last)
    local kind, written = text:sub(first, first), text:sub(first, last)
    if name == 'signatures' and offer.is_signed then return nil end
    if (name == 'additionalInterfaces' or name == 'supportedInterfaces') and kind == '[' then return offer.lists[first] end
    if name == 'url' and kind == '"' then return offer.serves_url and public or nil end
    if name == 'preferredTransport' and kind == '"' and not is_jsonrpc(offer.binding) then
      return offer.serves_url and '"JSONRPC"' or nil
    end
    return written
  end)
  return body, offer.is_signed
end

-- A card depends on these two headers, and has other bytes than the agent's.
local function as_variant()
  local tag, lines = answer:headers('Etag'), answer:headerList('Vary')
  if tag ~= '' and tag:sub(1, 2) ~= 'W/' then answer:headers('Etag', 'W/' .. tag) end
  local vary = 'X-Forwarded-Host, X-Forwarded-Proto'
  for index = lines:len() - 1, 0, -1 do vary = lines:get(index) .. ', ' .. vary end
  answer:headers('Vary', vary)
end

local function reply(status, body, kind)
  answer:statusCode(status)
  answer:body(body)
  answer:headers('Content-Type', kind)
  answer:headers('Content-Length', tostring(#body))
  for _, name in ipairs({ 'Content-Encoding', 'Content-Md5', 'Content-Digest', 'Repr-Digest', 'Digest', 'Accept-Ranges' }) do
    answer:headers(name, nil)
  end
end

local function refuse(status, why)
  reply(status, why .. '\n', 'text/plain; charset=utf-8')
  for _, name in ipairs({ 'Etag', 'Last-Modified', 'Cache-Control', 'Expires' }) do answer:headers(name, nil) end
end

local function answer_with_card()
  local size = tonumber(answer:headers('Content-Length')) or 0
  if size <= LIMIT then text = answer:body() end
  if not text or #text > LIMIT then return refuse(502, 'the agent card is larger than 256 KiB') end
  local done, body, is_signed = pcall(rewritten)
  if not done then
    return refuse(502, 'the agent card ' .. (type(body) == 'table' and body.why or 'cannot be read'))
  end
  reply(200, body, 'application/json')
  as_variant()
  if is_signed then answer:headers('X-Agent-Card-Signatures', 'removed') end
end

local status = answer:statusCode()
if status == 200 then
  answer_with_card()
elseif status == 304 then
  as_variant()
else
  refuse(status >= 400 and status or 502, 'the agent answered the call for its card with ' .. status)
end
`;

/** What a card's endpoint has in KrakenD's `extra_config`. */
export const CARD_MODIFIERS = {
  'modifier/lua-endpoint': { pre: PUBLIC_HOST },
  'modifier/lua-proxy': { allow_open_libs: true, pre: ADDRESS, post: REWRITE },
};
