//! What is wrong with a daemon that does not do what it should: a script beside the
//! daemon looks, this reads its report.

use std::time::{SystemTime, UNIX_EPOCH};

use dagger_sdk::prelude::*;
use serde::{Deserialize, Serialize};

use crate::daemon::with_addresses;
use crate::errors::Error;
use crate::settings::Settings;
use crate::table::table;
use crate::{client, tools};

const SCRIPT: &str = "doctor.sh";

/// The report: a line for each thing that was looked at.
#[derive(Debug, Deserialize, Serialize)]
pub struct Report {
    lines: Vec<Line>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Line {
    name: String,
    status: Status,
    found: String,
    /// What to do about it; empty where nothing is.
    #[serde(default)]
    advice: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Ok,
    Warning,
    Failure,
}

impl Report {
    /// Read what the script printed.
    ///
    /// # Errors
    /// [`Error::DoctorAnswer`] with the end of `stderr`, where it is no report.
    pub fn parse(stdout: &str, stderr: &str) -> Result<Self, Error> {
        serde_json::from_str(stdout).map_err(|error| Error::DoctorAnswer {
            reason: error.to_string(),
            said: stderr.trim().lines().last().unwrap_or("nothing").to_owned(),
        })
    }

    /// For people.
    pub fn table(&self) -> String {
        let rows: Vec<_> = self.lines.iter().map(Line::row).collect();
        table(["", "CHECK", "FOUND", "ADVICE"], &rows)
    }

    /// For programs.
    ///
    /// # Errors
    /// [`Error::DoctorAnswer`] where it cannot be written.
    pub fn json(&self) -> Result<String, Error> {
        serde_json::to_string_pretty(self).map_err(|error| Error::DoctorAnswer {
            reason: error.to_string(),
            said: String::new(),
        })
    }

    /// Pass on a report without failures.
    ///
    /// # Errors
    /// [`Error::Unwell`] with the table, where a line is a failure.
    pub fn healthy(self) -> Result<Self, Error> {
        let failed = |line: &&Line| line.status == Status::Failure;
        match self.lines.iter().filter(failed).count() {
            0 => Ok(self),
            failures => Err(Error::Unwell {
                failures,
                table: self.table(),
            }),
        }
    }
}

impl Line {
    fn row(&self) -> [String; 4] {
        let status = match self.status {
            Status::Ok => "ok",
            Status::Warning => "warning",
            Status::Failure => "FAILURE",
        };
        [status, &self.name, &self.found, &self.advice].map(str::to_owned)
    }
}

/// Look, and fail where something is broken.
pub(crate) async fn examine(settings: &Settings, dag: &Dag) -> Result<Report> {
    let any = ContainerWithExecOpts {
        expect: Some(ReturnType::Any),
        ..Default::default()
    };
    let bound = client::bind(settings, dag, None, None).await?;
    let text = with_addresses(include_str!("doctor.sh"));
    let (ctr, script) = tools::with_script(bound, dag, SCRIPT, &text).await?;
    let ran = ctr
        // The daemon of this moment is asked, not the cache.
        .with_env_variable("DIND_DOCTOR_AT", now())
        .with_exec_opts(["bash", &script], any);
    let stdout = ran.stdout().await?;
    let report = match Report::parse(&stdout, "") {
        Ok(report) => report,
        Err(_) => Report::parse(&stdout, &ran.stderr().await?)?,
    };
    Ok(report.healthy()?)
}

fn now() -> String {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.unwrap_or_default().as_nanos().to_string()
}
