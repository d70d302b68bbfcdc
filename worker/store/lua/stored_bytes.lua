-- Counts the bytes of documents and reports that are kept, in all and for each owner. Prepended to every script.
--
-- A part of a job (`document`, `failed` for a document that is kept for another try, `report`) is one entry of
-- `names.parts`, with the time when it expires, and the job's field of that name says which. What has expired is
-- subtracted when the next document comes.
local EXPIRED_AT_ONCE = 1000

local function add_bytes(part, owner, bytes)
  local fields = part == 'failed' and {'all', owner, 'failed', 'failed:' .. owner} or {'all', owner}
  for _, field in ipairs(fields) do redis.call('HINCRBY', names.bytes, field, bytes) end
  redis.call('EXPIRE', names.bytes, 2 * seconds.record)
end

local function read_bytes(field)
  return tonumber(redis.call('HGET', names.bytes, field) or 0)
end

local function subtract_entry(entry)
  if redis.call('ZREM', names.parts, entry) == 0 then return end
  local part, owner, bytes = string.match(entry, '^(%l+):[^:]*:(%x+):(%d+)$')
  add_bytes(part, owner, -bytes)
end

local function count_part(part, job_key, job_id, bytes, keep_seconds)
  local owner = name_owner(job_key)
  local entry = table.concat({part, job_id, owner, bytes}, ':')
  redis.call('ZADD', names.parts, redis.call('TIME')[1] + keep_seconds, entry)
  redis.call('EXPIRE', names.parts, 2 * seconds.record)
  redis.call('HSET', job_key, 'part_' .. part, entry)
  add_bytes(part, owner, bytes)
end

-- Keeps search facts or pictures of a document as long as its report; an empty value is not stored.
local function keep_with_report(prefix, job_id, part)
  if part ~= '' then redis.call('SET', prefix .. job_id, part, 'EX', seconds.record) end
end

local function uncount_part(part, job_key)
  local entry = redis.call('HGET', job_key, 'part_' .. part)
  if not entry then return end
  redis.call('HDEL', job_key, 'part_' .. part)
  subtract_entry(entry)
end

local function uncount_expired()
  local now = redis.call('TIME')[1]
  local expired = redis.call('ZRANGEBYSCORE', names.parts, '-inf', now, 'LIMIT', 0, EXPIRED_AT_ONCE)
  for _, entry in ipairs(expired) do subtract_entry(entry) end
end

-- Keeps the document of a failed job for another try, if there is room for it; deletes it otherwise.
local function keep_failed(job_key, job_id, document_key, max_failed_bytes)
  local bytes = redis.call('STRLEN', document_key)
  local of_owner = read_bytes('failed:' .. name_owner(job_key)) + bytes
  if of_owner > max_failed_bytes / 2 or read_bytes('failed') + bytes > max_failed_bytes + 0 then
    redis.call('DEL', document_key)
  else
    redis.call('EXPIRE', document_key, seconds.failed_document)
    count_part('failed', job_key, job_id, bytes, seconds.failed_document)
  end
end
