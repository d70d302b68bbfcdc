-- Stores a document and its job, whole or not at all, unless the upload is known or refused.
--
-- `report` is the report if it is known already: then the job is over and no document is stored. `max_pending`,
-- `max_of_owner` and `versions` are empty where they do not count; with `versions`, the owner's earlier report on the
-- same bytes will do.
--
-- Answers {'made'}; {'known', id} or {'reused'} for an Idempotency-Key that was used before; {'full'} or
-- {'full_of_owner'} when too many jobs wait; or {'scored', report} where an earlier report will do: then nothing is
-- stored yet.
local job_key, document_key, report_key, pending_key, request_key, result_key = unpack(KEYS)
local job_id, owner, digest, now, content, report, max_pending, max_of_owner, versions = unpack(ARGV, 1, 9)
local job_fields = {unpack(ARGV, 10)}

local function find_earlier_report()
  if versions == '' then return nil end
  local stored = redis.call('GET', result_key) or ''
  local its_versions, its_job = string.match(stored, '^(%S+) (%S+)$')
  return its_versions == versions and redis.call('GET', names.report .. its_job)
end

local known = find_known(request_key, digest)
if known then return known end
if max_pending ~= '' and redis.call('ZCARD', pending_key) >= tonumber(max_pending) then return {'full'} end
local of_owner = redis.call('ZCARD', names.waiting .. redis.sha1hex(owner))
if max_of_owner ~= '' and of_owner >= tonumber(max_of_owner) then return {'full_of_owner'} end
local earlier = find_earlier_report()
if earlier then return {'scored', earlier} end

remember_request(request_key, digest, job_id)
redis.call('HSET', job_key, unpack(job_fields))
redis.call('EXPIRE', job_key, seconds.record)
if report ~= '' then
  redis.call('SET', report_key, report, 'EX', seconds.record)
  note_end_of_job(job_key, job_id)
else
  redis.call('SET', document_key, content, 'EX', seconds.record)
  redis.call('ZADD', pending_key, now, job_id)
  redis.call('EXPIRE', pending_key, seconds.record)
  add_to_turns(job_key, job_id, now)
end
return {'made'}
