//! Whoever logs in by a phone is found by its blind index (ADR 11). No learner's account is called by a phone
//! any more.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = Table::alter().table("account").add_column(blob_null("login_phone_index")).to_owned();
        manager.alter_table(add).await?;
        let once = Index::create()
            .name("ux_account_login_phone")
            .table("account")
            .col("login_phone_index")
            .unique()
            .to_owned();
        manager.create_index(once).await?;
        forget_phones(manager).await
    }
}

/// Learners whose name was a phone log in by their number, until they activate their account by the phone
/// anew: the key of the index is not here.
async fn forget_phones(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let number = "(SELECT MIN(learner_number) FROM student_record WHERE student_record.account_id = account.id)";
    let digits = "REPLACE(REPLACE(REPLACE(login_name, '-', ''), '.', ''), '_', '')";
    let rename = format!(
        "UPDATE account SET login_name = {number} \
         WHERE LENGTH({digits}) = 11 AND {digits} LIKE '1%' AND LTRIM({digits}, '0123456789') = '' \
         AND {number} IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM account AS other WHERE other.login_name = {number})"
    );
    manager.get_connection().execute_unprepared(&rename).await?;
    Ok(())
}
