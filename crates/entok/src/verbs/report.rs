//! `entok report`

use chrono::Utc;
use token_desk::{Report, ReportFormat};

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
    let report = session.desk.report(env!("CARGO_PKG_VERSION"), Utc::now());
    output::answer(&report.text(format))?;
    Ok(exit.max(checked(&report)))
}

/// Whether a report leaves nothing open.
pub fn checked(report: &Report) -> Exit {
    let all = report.complete
        && report.unchecked.is_empty()
        && report.frozen.is_empty()
        && report.unreadable == 0;
    if all { Exit::Fine } else { Exit::Incomplete }
}
