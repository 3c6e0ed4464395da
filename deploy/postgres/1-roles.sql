-- The rights Lifeboat works with, the same as in the lab (lab/src/main/java/io/lifeboat/lab/postgres/Roles.java): no
-- superuser, but the owner of the service's database, who may end sessions, promote, replicate, ask for a checkpoint and
-- read statistics. Run once, by the image, when the primary's volume is empty.
\getenv password ORDERS_DB_PASSWORD
create role lifeboat login createdb replication password :'password';
grant pg_signal_backend, pg_monitor, pg_checkpoint to lifeboat;
grant execute on function pg_promote(boolean, integer) to lifeboat;
create database orders owner lifeboat;
select pg_create_physical_replication_slot('us_west_2');

-- Rights on functions belong to one database; what template1 has, every database made later has too.
\connect template1
grant execute on function pg_promote(boolean, integer) to lifeboat;
\connect orders
grant execute on function pg_promote(boolean, integer) to lifeboat;
