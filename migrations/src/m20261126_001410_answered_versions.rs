//! In which version of a course an exercise was answered: the same number may name another exercise in the next.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let version = Table::alter().table("exercise_answer").add_column(uuid_null("course_version_id")).to_owned();
        manager.alter_table(version).await?;
        // Until today everybody studied the version of their class.
        let fill = "UPDATE exercise_answer SET course_version_id = (\
                    SELECT class_course.course_version_id FROM class_course \
                    JOIN class_member ON class_member.class_id = class_course.class_id \
                    WHERE class_member.account_id = exercise_answer.account_id \
                    AND class_course.course_id = exercise_answer.course_id \
                    ORDER BY class_member.joined_at LIMIT 1)";
        manager.get_connection().execute_unprepared(fill).await?;
        Ok(())
    }
}
