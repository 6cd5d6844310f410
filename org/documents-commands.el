;;; documents-commands.el --- named bash blocks as tests  -*- lexical-binding: t -*-

;;; Commentary:

;; A named bash block becomes tests/commands/NAME, a script that runs in the block's folder in strict mode, and its
;; recorded result tests/expected/NAME.  What a test has to know stands in the head of the script:
;;   :needs "COMMAND"   it is not run where COMMAND fails
;;   :exit N            the exit code that is expected
;;   :check exit-only   what it prints is not the same every time

;;; Code:

(require 'documents-tangle)

(defconst documents-strict "set -euo pipefail"
  "What a command begins with.")

(defconst documents-commands-folder "tests/commands/")
(defconst documents-expected-folder "tests/expected/")

(defun documents-make-commands (file)
  "Make the commands of FILE, the current buffer, and what is expected of them."
  (org-babel-map-src-blocks nil
    (let ((info (org-babel-get-src-block-info 'light)))
      (when (and (documents-command-p info) (not (org-in-commented-heading-p)))
        (documents-at (nth 4 info))
        (documents-make-command file (org-babel-get-src-block-info))))))

(defun documents-command-p (info)
  "Whether the block INFO is a command: a named bash block that may be evaluated."
  (and (nth 4 info) (equal (car info) "bash") (not (member (documents-option info :eval) '("no" "never")))))

(defun documents-strict-prologue (info)
  "The :prologue of the command INFO where it is run, or nil where it is in no shell of its own."
  (and (documents-command-p info)
       (not (documents-option info :shebang))
       (member (documents-option info :session) '(nil "none"))
       `((:prologue . ,(concat documents-strict "\n" (documents-option info :prologue))))))

(defun documents-make-command (file info)
  "Make the command of the block INFO of FILE, at point."
  (let* ((name (nth 4 info))
         (origin (format "%s:%d (block %s)" file (line-number-at-pos) name))
         (folder (file-relative-name (expand-file-name (or (documents-option info :dir) "."))
                                     (documents-path documents-commands-folder)))
         (alone (cl-find-if-not (lambda (option) (member (documents-option info option) '(nil "none")))
                                '(:session :stdin :cmdline)))
         (result (documents-recorded)))
    (documents-check-command info)
    (if alone
        (documents-say "%s:%s no command is made of it, for it has %s" file documents-place alone)
      (documents-make
       (concat documents-commands-folder name) origin #o755
       (concat "#!/usr/bin/env bash\n"
               (format "# Tangled from %s: edit the block %s there.\n" file name)
               (cl-loop for option in '(needs exit check)
                        for value = (documents-option info (intern (format ":%s" option)))
                        when value concat (format "# %s: %s\n" option value))
               documents-strict "\n"
               (format "cd \"$(dirname \"${BASH_SOURCE[0]}\")\"/%s\n"
                       (if (string-match-p "\\`[A-Za-z0-9._/-]+\\'" folder) folder (shell-quote-argument folder)))
               (let ((shell-file-name "bash")) (string-trim-right (org-babel-expand-src-block nil info) "\n+"))
               "\n"))
      (when result
        (documents-make (concat documents-expected-folder name) origin nil result)))))

(defun documents-check-command (info)
  "Refuse what the block INFO asks for and a test would not do."
  (let ((exit (documents-option info :exit))
        (check (documents-option info :check)))
    (cond
     ((not (string-match-p "\\`[A-Za-z0-9_][A-Za-z0-9._-]*\\'" (nth 4 info)))
      (error "its name has to be letters, digits, dots, dashes and underscores"))
     ((and exit (not (and (string-match-p "\\`[0-9]+\\'" exit) (< (string-to-number exit) 256))))
      (error ":exit is an exit code from 0 to 255, not %s" exit))
     ((and check (not (equal check "exit-only")))
      (error ":check knows exit-only, not %s" check))
     ((string-match-p "\n" (or (documents-option info :needs) ""))
      (error ":needs is one line")))))

(defun documents-recorded ()
  "The recorded result of the block at point as it was printed, or nil where none is recorded."
  (let ((start (org-babel-where-is-src-block-result)))
    (when start
      (org-with-point-at start
        (let ((element (org-element-at-point)))
          (pcase (org-element-type element)
            ;; Nothing follows: the block printed nothing.
            ((or 'keyword 'comment) "")
            ((or 'fixed-width 'example-block 'src-block 'export-block)
             (concat (string-remove-suffix "\n" (org-element-property :value element)) "\n"))
            (_ (forward-line)
               (buffer-substring-no-properties (point) (org-babel-result-end)))))))))

(defun documents-make (file origin mode text)
  "Write TEXT aside for FILE with MODE, which the block at ORIGIN makes."
  (let ((aside (documents-target (documents-path file) origin))
        (coding-system-for-write 'utf-8-unix))
    (make-directory (file-name-directory aside) t)
    (write-region text nil aside nil 'quiet)
    (when mode (set-file-modes aside mode))))

(defun documents-remove-stale ()
  "Remove what lies in the two folders and is not of this run; return how many files that were."
  (cl-loop for folder in (list documents-commands-folder documents-expected-folder)
           when (file-directory-p (documents-path folder))
           sum (cl-loop for name in (directory-files (documents-path folder))
                        for file = (concat folder name)
                        when (and (file-regular-p (documents-path file)) (not (assoc file documents-origins)))
                        do (delete-file (documents-path file))
                        and do (documents-say "removed %s" file)
                        and count t)))

(provide 'documents-commands)
;;; documents-commands.el ends here
