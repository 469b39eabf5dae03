//! A version of the rules of enrolment that was approved is withdrawn until its first day comes. So an approved version
//! is among the rules by its proposal, and set down in `enrolment_rule` once a record keeps it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What was set down when it was approved, and no record keeps, is among the rules by its proposal.
const BY_PROPOSAL: &str = "DELETE FROM enrolment_rule WHERE EXISTS (SELECT 1 FROM enrolment_rule_proposal AS proposal \
    WHERE proposal.state = 'approved' AND proposal.region = enrolment_rule.region \
    AND proposal.level = enrolment_rule.level AND proposal.valid_from = enrolment_rule.valid_from) \
    AND NOT EXISTS (SELECT 1 FROM student_record AS record WHERE record.rule_region = enrolment_rule.region \
    AND record.level = enrolment_rule.level AND record.rule_valid_from = enrolment_rule.valid_from)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [uuid_null("withdrawn_by"), big_integer_null("withdrawn_at")] {
            let table = Table::alter().table("enrolment_rule_proposal").add_column(column).to_owned();
            manager.alter_table(table).await?;
        }
        manager.get_connection().execute_unprepared(BY_PROPOSAL).await.map(drop)
    }
}
