-- Stores a document and its job, whole or not at all, unless the upload is known or refused.
--
-- `report`, `search_facts` and `pages` are the result if it is known already: then the job has ended and no document is
-- stored. An empty bound is no bound. If `versions` is not empty, an earlier report of these versions on the owner's same
-- bytes is used. `role_texts` are the owner's roles that the job is scored against, empty if there are none or its batch
-- has them.
--
-- Answers {'made'}; {'known', id} or {'reused'} for an Idempotency-Key that was used before; the bound that was
-- reached, such as {'queue_full'}; or {'scored', report, search_facts, pages} if there is such an earlier report: then
-- nothing is stored yet.
local job_key, document_key, report_key, pending_key, request_key, result_key = unpack(KEYS)
local job_id, owner, digest, now, content, report, search_facts, pages, role_texts, versions = unpack(ARGV, 1, 10)
local max_jobs, max_jobs_of_owner, max_bytes, max_bytes_of_owner = unpack(ARGV, 11, 14)
local job_fields = {unpack(ARGV, 15)}
local owner_hash = redis.sha1hex(owner)

local function find_earlier_report()
  if versions == '' then return nil end
  local stored = redis.call('GET', result_key) or ''
  local its_versions, its_job = string.match(stored, '^(%S+) (%S+)$')
  local earlier = its_versions == versions and redis.call('GET', names.report .. its_job)
  if not earlier then return nil end
  return {'scored', earlier, redis.call('GET', names.search_facts .. its_job) or '', redis.call('GET', names.pages .. its_job) or ''}
end

local function is_beyond(bound, count)
  return bound ~= '' and count > tonumber(bound)
end

local function find_reached_bound()
  local bytes = math.max(#content, #report + #search_facts + #pages) + #role_texts
  if redis.call('EXISTS', names.refusing) == 1 then return 'store_full' end
  if is_beyond(max_jobs, redis.call('ZCARD', pending_key) + 1) then return 'queue_full' end
  if is_beyond(max_jobs_of_owner, redis.call('ZCARD', names.waiting .. owner_hash) + 1) then return 'queue_full_of_owner' end
  if is_beyond(max_bytes, read_bytes('all') + bytes) then return 'store_full' end
  if is_beyond(max_bytes_of_owner, read_bytes(owner_hash) + bytes) then return 'store_full_of_owner' end
end

uncount_expired()
local known = find_known(request_key, digest)
if known then return known end
local reached = find_reached_bound()
if reached then return {reached} end
local earlier = find_earlier_report()
if earlier then return earlier end

remember_request(request_key, digest, job_id)
redis.call('HSET', job_key, unpack(job_fields))
redis.call('EXPIRE', job_key, seconds.record)
if role_texts ~= '' then redis.call('SET', names.scored_roles .. job_id, role_texts, 'EX', seconds.record) end
local batch_id = redis.call('HGET', job_key, 'batch')
if not batch_id then
  list_upload('job', names.matches, owner_hash, job_id, now)
elseif redis.call('EXISTS', names.batch .. batch_id) == 1 then
  redis.call('HSET', job_key, 'joining', 1)  -- until extend_batch has counted it
end
if report ~= '' then
  redis.call('SET', report_key, report, 'EX', seconds.record)
  keep_with_report(names.search_facts, job_id, search_facts)
  keep_with_report(names.pages, job_id, pages)
  count_part('report', job_key, job_id, #report + #search_facts + #pages + #role_texts, seconds.record)
  note_end_of_job(job_key, job_id)
else
  redis.call('SET', document_key, content, 'EX', seconds.record)
  count_part('document', job_key, job_id, #content + #role_texts, seconds.record)
  redis.call('ZADD', pending_key, now, job_id)
  redis.call('EXPIRE', pending_key, seconds.record)
  add_to_turns(job_key, job_id, now)
end
return {'made'}
