;;; documents.el --- which documents there are, and how errors are said  -*- lexical-binding: t -*-

;;; Commentary:

;; Org decides what a document means: this folder only calls it, for many documents at once and without a user.
;;
;;   documents-tangle.el    `org-babel-tangle' of each document
;;   documents-run.el       `org-babel-execute-src-block' of each block
;;   documents-export.el    `org-publish' with ox-html
;;
;; Ours is what Org does not do:
;;
;;   documents.el           finds the documents; says errors with file and line
;;   documents-tangle.el    all or nothing: Org writes into a folder aside, and only when every document is tangled
;;                          do its files take their places; a document is no target, nor is what lies outside
;;   documents-commands.el  named bash blocks as tests: tests/commands/NAME, tests/expected/NAME
;;   documents-run.el       a block that fails stops, with its stderr; :needs, :exit
;;   documents-cache.el     results that are known already, by a block's text and :inputs
;;   documents-languages.el what to install for a block's language
;;   documents-export.el    no block is run; anchors made of headings; navigation, an index
;;   style.css, page.js      how pages look; their copy buttons

;;; Code:

(require 'cl-lib)
(require 'package)
;; The packages of the system, none of the user's.
(setq package-user-dir "/nonexistent"
      package-directory-list '("/usr/share/emacs/site-lisp/elpa"))
(package-activate-all)
(require 'org)
(require 'org-lint)
(require 'ob)
(require 'subr-x)

(defconst documents-skipped-folders '("target" "node_modules" "_site")
  "Folders that hold no documents and no inputs; neither do those whose name begins with a dot.")

(defvar documents-root (file-name-as-directory (file-truename default-directory))
  "The project's folder.")

(defvar documents-place ""
  "The block at work, for an error: its line and, where it has one, its name.")

(defvar documents-lines nil
  "The lines of the blocks before any result was written, as (MARKER . LINE).")

(setq org-inhibit-startup t
      org-modules nil
      org-id-track-globally nil
      org-element-use-cache nil
      org-confirm-babel-evaluate nil
      org-babel-noweb-error-all-langs t
      ;; Without a user Org makes none, and leaves what it hands to a block's program among everybody's files.
      org-babel-temporary-directory (make-temp-file "documents-" t)
      enable-local-variables :safe
      large-file-warning-threshold nil
      vc-handled-backends nil
      create-lockfiles nil
      make-backup-files nil
      ;; A file is written whole or not at all, and where a link leads.
      file-precious-flag t
      file-preserve-symlinks-on-save t
      ;; A document that a block changed is read again.
      revert-without-query '("")
      save-silently t)
(prefer-coding-system 'utf-8-unix)

;; Org's own check of header arguments so names misspelt ones alone; its shells know :stdin, the check does not.
(setq org-babel-header-arg-names (append '(check exit inputs needs stdin) org-babel-header-arg-names))

(defun documents-say (format &rest arguments)
  "Tell the user, on stderr, what FORMAT and ARGUMENTS give."
  (let ((inhibit-message nil))
    (message "%s" (apply #'format format arguments))))

(defun documents-main (script options work)
  "Call WORK with the OPTIONS and the documents that the command line gives to SCRIPT; no documents are all.
An error is one line that SCRIPT begins, and exit code 1."
  (let* ((arguments (delete "--" command-line-args-left))
         (option-p (apply-partially #'string-prefix-p "--"))
         (given (seq-filter option-p arguments))
         (unknown (seq-difference given options)))
    (setq command-line-args-left nil)
    (condition-case failure
        (progn
          (when unknown
            (error "unknown option %s: it is %s %s[FILE…]" (car unknown) script
                   (mapconcat (apply-partially #'format "[%s] ") options "")))
          (funcall work given (or (mapcar #'documents-check-file (seq-remove option-p arguments))
                                  (documents-files))))
      (error
       (documents-say "%s: %s" script (error-message-string failure))
       (kill-emacs 1)))))

;;;; Documents

(defun documents-check-file (file)
  "FILE, relative to the project; an error where it is no document of the project."
  (let ((path (documents-path file)))
    (cond ((not (file-regular-p path)) (error "%s: there is no such document" file))
          ((not (file-in-directory-p path documents-root)) (error "%s: outside of the project" file)))
    (file-relative-name path documents-root)))

(defun documents-path (file)
  "FILE of the project, absolute; a ~ is a letter as any other."
  (expand-file-name (if (file-name-absolute-p file) (concat "./" file) file) documents-root))

(defun documents-files ()
  "All documents of the project, relative and sorted."
  (sort (mapcar (lambda (file) (file-relative-name file documents-root))
                (directory-files-recursively
                 documents-root "\\`[^.].*\\.org\\'" nil
                 (lambda (folder)
                   (let ((name (file-name-nondirectory folder)))
                     (not (or (string-prefix-p "." name) (member name documents-skipped-folders)))))))
        #'string<))

(defun documents-call (file work)
  "Call WORK in the buffer that visits FILE; an error in it names FILE, and the block where one is at work."
  (let ((documents-place "") documents-lines)
    (condition-case failure
        (with-current-buffer (find-file-noselect (documents-path file) t)
          (unless (derived-mode-p 'org-mode) (org-mode))
          (save-excursion (goto-char (point-min)) (funcall work)))
      (error (error "%s:%s %s" file documents-place
                    (if (equal failure '(end-of-file "Error reading from stdin"))
                        "Nobody is here to answer that question"
                      (error-message-string failure)))))))

(defmacro documents-in (file &rest body)
  "Evaluate BODY in the buffer that visits FILE, as `documents-call' does."
  (declare (indent 1))
  `(documents-call ,file (lambda () ,@body)))

(defun documents-at (name)
  "Say for errors that the block NAME, or one without a name, is at work at point."
  (let ((line (or (cdr (cl-assoc (point) documents-lines :test #'=)) (line-number-at-pos))))
    (setq documents-place (format "%d:%s" line (if name (format " block %s:" name) "")))))

(defun documents-warn-here (file)
  "Say which header arguments of FILE, the current buffer, Org passes over."
  (pcase-dolist (`(,position ,words) (org-lint-wrong-header-argument (org-element-parse-buffer)))
    (documents-say "%s:%d: %s" file (line-number-at-pos position) words)))

(defun documents-option (info option)
  "The header argument OPTION of the block INFO as a string, or nil."
  (let ((value (alist-get option (nth 2 info))))
    (and value (not (equal value "")) (format "%s" value))))

(provide 'documents)
;;; documents.el ends here
