//! `entok report`

use chrono::Utc;
use token_desk::ReportFormat;

use crate::arguments::ReportForm;
use crate::exit::{Exit, Failed};
use crate::output;
use crate::session::Session;

pub async fn run(session: &Session, form: ReportForm) -> Result<Exit, Failed> {
    let exit = session.load().await?;
    let format = match form {
        ReportForm::Json => ReportFormat::Json,
        ReportForm::Csv => ReportFormat::Csv,
        ReportForm::Html => ReportFormat::Html,
    };
    output::answer(&session.desk.report(env!("CARGO_PKG_VERSION"), Utc::now()).text(format))?;
    Ok(exit)
}
