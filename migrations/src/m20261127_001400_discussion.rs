//! Discussions of classes: topics and whether they are closed, posts with one level of replies, what was done about
//! posts, and how far a learner has read. Every row is a fact: nothing is changed, and nothing is deleted.
//!
//! Posts are numbered within their topic, steps within theirs, and what is done about a post within it; the keys keep
//! two from having one number. Two persons that became one may have read the same topic, and neither mark is lost.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [topic(), topic_step(), post(), deed(), reading()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns, is_key) in INDEXES {
            let mut index = Index::create();
            index.name(*name).table(*table);
            for column in *columns {
                index.col(*column);
            }
            if *is_key {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Name, table, columns, and whether no two rows have the same there.
const INDEXES: &[(&str, &str, &[&str], bool)] = &[
    ("ix_discussion_topic_class", "discussion_topic", &["class_id", "id"], false),
    ("ux_discussion_topic_step", "discussion_topic_step", &["topic_id", "number"], true),
    ("ux_discussion_post", "discussion_post", &["topic_id", "number"], true),
    ("ix_discussion_post_reply", "discussion_post", &["reply_to", "number"], false),
    ("ix_discussion_post_account", "discussion_post", &["account_id", "posted_at"], false),
    ("ux_discussion_deed", "discussion_deed", &["post_id", "number"], true),
    ("ix_discussion_deed_account", "discussion_deed", &["account_id", "id"], false),
    ("ix_discussion_deed_kind", "discussion_deed", &["deed", "post_id"], false),
    ("ix_discussion_reading_account", "discussion_reading", &["account_id", "topic_id", "upto"], false),
    ("ix_discussion_reading_topic", "discussion_reading", &["topic_id"], false),
];

fn topic() -> TableCreateStatement {
    Table::create()
        .table("discussion_topic")
        .col(uuid("id").primary_key())
        .col(uuid("class_id"))
        .col(string("title"))
        .col(text("text"))
        .col(uuid_null("course_id"))
        .col(uuid_null("unit_id"))
        .col(string_null("unit_title"))
        .col(uuid("opened_by"))
        .col(big_integer("opened_at"))
        .foreign_key(ForeignKey::create().from("discussion_topic", "class_id").to("class", "id"))
        .to_owned()
}

fn topic_step() -> TableCreateStatement {
    Table::create()
        .table("discussion_topic_step")
        .col(uuid("id").primary_key())
        .col(uuid("topic_id"))
        .col(integer("number"))
        .col(string("step"))
        .col(uuid("taken_by"))
        .col(big_integer("taken_at"))
        .foreign_key(ForeignKey::create().from("discussion_topic_step", "topic_id").to("discussion_topic", "id"))
        .to_owned()
}

fn post() -> TableCreateStatement {
    Table::create()
        .table("discussion_post")
        .col(uuid("id").primary_key())
        .col(uuid("topic_id"))
        .col(integer("number"))
        .col(uuid_null("reply_to"))
        .col(uuid("account_id"))
        .col(boolean("by_teacher"))
        .col(text("text"))
        .col(big_integer("posted_at"))
        .foreign_key(ForeignKey::create().from("discussion_post", "topic_id").to("discussion_topic", "id"))
        .foreign_key(ForeignKey::create().from("discussion_post", "account_id").to("account", "id"))
        .to_owned()
}

fn deed() -> TableCreateStatement {
    Table::create()
        .table("discussion_deed")
        .col(uuid("id").primary_key())
        .col(uuid("post_id"))
        .col(integer("number"))
        .col(string("deed"))
        .col(text("reason"))
        .col(uuid("account_id"))
        .col(big_integer("done_at"))
        .foreign_key(ForeignKey::create().from("discussion_deed", "post_id").to("discussion_post", "id"))
        .foreign_key(ForeignKey::create().from("discussion_deed", "account_id").to("account", "id"))
        .to_owned()
}

fn reading() -> TableCreateStatement {
    Table::create()
        .table("discussion_reading")
        .col(uuid("id").primary_key())
        .col(uuid("topic_id"))
        .col(uuid("account_id"))
        .col(integer("upto"))
        .col(big_integer("read_at"))
        .foreign_key(ForeignKey::create().from("discussion_reading", "topic_id").to("discussion_topic", "id"))
        .foreign_key(ForeignKey::create().from("discussion_reading", "account_id").to("account", "id"))
        .to_owned()
}
