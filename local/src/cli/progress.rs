//! What is shown on stderr while a call runs: the steps with their time on a
//! terminal, notes alone elsewhere.

use std::collections::HashMap;
use std::io::{self, IsTerminal};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::options::Options;
use super::terminal::{self, visible_name};
use crate::Progress;

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// A line per step that moves while it runs.
    Live,
    /// A line when a step starts and ends.
    Plain,
    /// Notes alone.
    Notes,
}

/// Draws the steps of a session.
pub struct Reporter {
    mode: Mode,
    verbose: bool,
    quiet: bool,
    bars: MultiProgress,
    steps: Mutex<HashMap<u64, Step>>,
}

struct Step {
    title: String,
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Reporter {
    /// A reporter that shows what the options ask for.
    pub fn new(options: &Options) -> Self {
        let is_terminal = io::stderr().is_terminal();
        let mode = match options.progress.as_deref() {
            _ if options.quiet => Mode::Notes,
            Some("none" | "report") => Mode::Notes,
            Some("plain" | "dots" | "logs") => Mode::Plain,
            Some("tty") => Mode::Live,
            _ if is_terminal => Mode::Live,
            _ if options.verbose => Mode::Plain,
            _ => Mode::Notes,
        };
        Reporter {
            mode,
            verbose: options.verbose,
            quiet: options.quiet || matches!(options.progress.as_deref(), Some("none" | "report")),
            bars: MultiProgress::with_draw_target(ProgressDrawTarget::stderr()),
            steps: Mutex::new(HashMap::new()),
        }
    }

    /// Takes the moving lines away, so that what is printed next stands alone.
    pub fn clear(&self) {
        for (_, step) in self.steps().drain() {
            if let Some(bar) = step.bar {
                bar.finish_and_clear();
            }
        }
        // A terminal that is gone needs no clearing.
        let _ = self.bars.clear();
    }

    fn steps(&self) -> MutexGuard<'_, HashMap<u64, Step>> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn line(&self, text: &str) {
        match self.mode {
            Mode::Live => self.bars.suspend(|| terminal::say(text)),
            _ => terminal::say(text),
        }
    }

    fn bar(&self, title: &str) -> ProgressBar {
        let style = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = self.bars.add(ProgressBar::new_spinner().with_style(style));
        bar.set_message(visible_name(title));
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }
}

impl Progress for Reporter {
    fn step_started(&self, id: u64, title: &str) {
        let title = title.lines().next().unwrap_or_default().to_owned();
        if self.mode == Mode::Plain {
            self.line(&format!("{id}: {title}"));
        }
        let bar = (self.mode == Mode::Live).then(|| self.bar(&title));
        let step = Step {
            title,
            started: Instant::now(),
            bar,
        };
        self.steps().insert(id, step);
    }

    fn step_output(&self, id: u64, line: &str) {
        // What a terminal would show of a line that is written over and over.
        let line = line.rsplit('\r').find(|part| !part.is_empty());
        let line = line.unwrap_or_default();
        if self.verbose && self.mode != Mode::Notes {
            return self.line(&format!("{id}: | {line}"));
        }
        if let Some(Step {
            title,
            bar: Some(bar),
            ..
        }) = self.steps().get(&id)
        {
            let line = line.trim();
            if !line.is_empty() {
                bar.set_message(visible_name(&format!("{title}  {line}")));
            }
        }
    }

    fn step_done(&self, id: u64, cached: bool, ok: bool) {
        let Some(step) = self.steps().remove(&id) else {
            return;
        };
        if let Some(bar) = &step.bar {
            bar.finish_and_clear();
            self.bars.remove(bar);
        }
        if self.mode == Mode::Notes {
            return;
        }
        let mark = if ok { "✔" } else { "✘" };
        let time = match cached {
            true => "cached".to_owned(),
            false => format!("{:.1}s", step.started.elapsed().as_secs_f64()),
        };
        match self.mode {
            Mode::Live => self.line(&format!("{mark} {} {time}", step.title)),
            _ => self.line(&format!("{id}: {mark} {time}")),
        }
    }

    fn module_line(&self, line: &str) -> bool {
        if !self.quiet {
            self.line(line);
        }
        !self.quiet
    }

    fn note(&self, line: &str) {
        self.line(line);
    }
}
