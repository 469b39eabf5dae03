//! A clerk serves at a service point. Roles of clerks that were held at whole divisions name none, and end; whoever keeps
//! roles grants them anew at the service points.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// They end when they began: no clerk served at a service point by them.
const END: &str = "UPDATE role_grant SET state = 'ended', ended_at = granted_at, ended_because = '' \
    WHERE role = 'service_point_clerk' AND ended_at IS NULL AND place NOT LIKE '{\"kind\":\"service_point\"%'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(END).await.map(drop)
    }
}
