//! The store as those see it who only ask.

use super::dialect::Dialect;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, ExecResult, QueryResult, Statement,
    prelude::async_trait::async_trait,
};

/// Where reads go. It changes nothing: whatever is no question fails here, on every store.
#[derive(Clone, Debug)]
pub struct Reader(DatabaseConnection);

impl Reader {
    pub(super) fn new(connection: DatabaseConnection) -> Self {
        Self(connection)
    }
}

/// Words that change something in what begins like a question: one store takes changes within a WITH, both take them
/// after it, and a SELECT … INTO makes a table.
const CHANGES: [&str; 5] = ["INSERT", "UPDATE", "DELETE", "MERGE", "INTO"];

/// Whether a statement only asks.
fn asks(sql: &str) -> bool {
    let mut words = bare_words(sql);
    let begins = words.next().is_some_and(|first| is_one_of(first, &["SELECT", "WITH"]));
    let mut before = "";
    let changes = words.any(|word| {
        // FOR UPDATE and FOR NO KEY UPDATE hold rows, and leave them as they are.
        let holds = is_one_of(before, &["FOR", "KEY"]);
        before = word;
        is_one_of(word, &CHANGES) && !holds
    });
    begins && !changes
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// The words of a statement that stand in no quotes.
fn bare_words(sql: &str) -> impl Iterator<Item = &str> {
    let mut quote: Option<char> = None;
    let mut is_bare = move |letter: char| match quote {
        Some(open) => {
            if letter == open {
                quote = None;
            }
            false
        }
        None if matches!(letter, '\'' | '"') => {
            quote = Some(letter);
            false
        }
        None => letter.is_alphanumeric() || letter == '_',
    };
    sql.split(move |letter: char| !is_bare(letter)).filter(|word| !word.is_empty())
}

fn only_asking(statement: Statement) -> Result<Statement, DbErr> {
    if asks(&statement.sql) { Ok(statement) } else { Err(refusal()) }
}

fn refusal() -> DbErr {
    DbErr::Custom("what reads must not write: use Db::write".to_owned())
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> Dialect {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, _statement: Statement) -> Result<ExecResult, DbErr> {
        Err(refusal())
    }

    async fn execute_unprepared(&self, _sql: &str) -> Result<ExecResult, DbErr> {
        Err(refusal())
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.0.query_one_raw(only_asking(statement)?).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.0.query_all_raw(only_asking(statement)?).await
    }
}

/// Where a look goes: of somebody who only reads, or of a write that looks before it changes.
#[derive(Debug)]
pub enum Conn<'a> {
    /// Who only reads.
    Reader(&'a Reader),
    /// A running write.
    Write(&'a DatabaseTransaction),
}

impl<'a> From<&'a Reader> for Conn<'a> {
    fn from(reader: &'a Reader) -> Self {
        Self::Reader(reader)
    }
}

impl<'a> From<&'a DatabaseTransaction> for Conn<'a> {
    fn from(transaction: &'a DatabaseTransaction) -> Self {
        Self::Write(transaction)
    }
}

#[async_trait]
impl ConnectionTrait for Conn<'_> {
    fn get_database_backend(&self) -> Dialect {
        match self {
            Self::Reader(reader) => reader.get_database_backend(),
            Self::Write(transaction) => transaction.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Reader(reader) => reader.execute_raw(statement).await,
            Self::Write(transaction) => transaction.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Reader(reader) => reader.execute_unprepared(sql).await,
            Self::Write(transaction) => transaction.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Reader(reader) => reader.query_one_raw(statement).await,
            Self::Write(transaction) => transaction.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Reader(reader) => reader.query_all_raw(statement).await,
            Self::Write(transaction) => transaction.query_all_raw(statement).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::asks;

    #[test]
    fn only_questions_ask() {
        for question in [
            "SELECT 1",
            "  select 1",
            "(SELECT 1) UNION ALL (SELECT 2)",
            "WITH a AS (SELECT 1) SELECT * FROM a",
            "SELECT \"update\", last_insert FROM a WHERE b = 'it''s to delete' FOR UPDATE",
            "SELECT a FROM b FOR NO KEY UPDATE",
        ] {
            assert!(asks(question), "{question}");
        }
        for other in [
            "INSERT INTO a VALUES (1) RETURNING b",
            "UPDATE a SET b = 1",
            "DELETE FROM a",
            "DROP TABLE a",
            "",
            "WITH a AS (DELETE FROM b RETURNING c) SELECT * FROM a",
            "with a as (update b set c = 'x' returning c) select * from a",
            "WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a",
            "WITH a AS (SELECT '\"') DELETE FROM b WHERE c = '\"'",
            "SELECT * INTO b FROM a",
        ] {
            assert!(!asks(other), "{other}");
        }
    }
}
