;;; run-host.el --- run the blocks of documents, record what they print  -*- lexical-binding: t -*-

;; A block is run as tangling writes it, by bash in strict mode.  Its header arguments say what is not plain:
;;   :needs "COMMAND"   left as it is, with a message, where COMMAND fails
;;   :exit N            the exit code that is expected; what the block says on stderr is part of its result
;;   :inputs "GLOB…"    the files that the result depends on, relative to the document; without it, all files of
;;                      the project but documents and their tangled commands
;;   :check exit-only   for the tests: what it prints is not the same every time

;;; Code:

(require 'org-documents)

(defconst documents-cache-folder ".tangle-deps/results")

(defvar documents-run-results nil
  "The results of this run, as (BLOCK SCRIPT OUTPUT).")

(defun documents-run ()
  "Run the blocks of the documents that the command line names, or of all."
  (documents-main
   "run-host.sh"
   (lambda (arguments)
     (let ((no-cache (member "--no-cache" arguments))
           (files (delete "--no-cache" arguments)))
       (dolist (file files)
         (cond ((string-prefix-p "--" file)
                (documents-fail "unknown option %s: it is run-host.sh [--no-cache] [FILE…]" file))
               ((not (file-regular-p file))
                (documents-fail "%s: there is no such document" file))))
       (unwind-protect
           (dolist (file (or files (documents-files "examples")))
             (documents-run-file file no-cache))
         (documents-keep-results))))))

(defun documents-run-file (file no-cache)
  "Run the blocks of FILE and write its new results; with NO-CACHE, run those with a known result too."
  (documents-in file
    (dolist (block (documents-commands))
      (let ((output (documents-run-block block no-cache)))
        (when output
          (documents-record block output))))
    (when (documents-write buffer-file-name (buffer-string))
      (documents-say "wrote %s" file))))

(defun documents-run-block (block no-cache)
  "The output of BLOCK, or nil where something that it needs is missing; NO-CACHE as in `documents-run-file'."
  (let* ((needs (documents-block-option block :needs))
         (script (documents-block-script block))
         (known (and (not no-cache) (documents-known-result block script)))
         (label (format "%s: %s" (documents-block-file block) (documents-block-name block)))
         (start (float-time)))
    (cond
     ((and needs (/= 0 (documents-shell block needs)))
      (documents-say "%s: not run, needs %s" label needs)
      nil)
     (known
      (documents-say "%s: cached" label)
      (push (list block script known) documents-run-results)
      known)
     (t
      (documents-say "%s: running" label)
      (let ((output (documents-execute block script)))
        (documents-say "%s: done in %.1f s" label (- (float-time) start))
        (push (list block script output) documents-run-results)
        output)))))

(defun documents-shell (block command)
  "The exit code of COMMAND, a line of bash, in the folder of BLOCK."
  (let ((default-directory (documents-block-directory block)))
    (call-process "bash" nil nil nil "-c" command)))

(defun documents-execute (block text)
  "Run BLOCK, whose script is TEXT, and return what it prints; an unexpected exit code is an error."
  (let* ((expected (documents-block-option block :exit))
         (script (make-temp-file "block-" nil nil text))
         (errors (make-temp-file "block-errors-"))
         (default-directory (documents-block-directory block))
         (coding-system-for-read 'utf-8-unix))
    (unwind-protect
        (with-temp-buffer
          (let ((code (call-process "bash" nil (list t (if expected t errors)) nil script)))
            (unless (equal code (string-to-number (or expected "0")))
              (documents-fail-of-run block code (buffer-string) (documents-read errors))))
          (buffer-string))
      (delete-file script)
      (delete-file errors))))

(defun documents-fail-of-run (block code output errors)
  "End the script because BLOCK ended with CODE after printing OUTPUT and ERRORS."
  (documents-say "%s" (string-trim-right (concat output (decode-coding-string errors 'utf-8-unix))))
  (documents-block-fail block "%s, not with %s"
                        (if (integerp code) (format "it ended with exit code %d" code)
                          (format "it was ended by a signal (%s)" code))
                        (or (documents-block-option block :exit) "0")))

;;;; Results that are known

(defun documents-result-file (block script)
  "Where the result of BLOCK with its SCRIPT is kept: the file's name is a digest of all that the result depends on."
  (expand-file-name
   (secure-hash 'sha256 (mapconcat #'identity
                                   (list (documents-block-file block)
                                         (documents-block-directory block)
                                         (or (documents-block-option block :exit) "0")
                                         script
                                         (documents-inputs-digest block))
                                   "\0"))
   (expand-file-name documents-cache-folder documents-root)))

(defun documents-known-result (block script)
  "The kept result of BLOCK with its SCRIPT, or nil."
  (let ((file (documents-result-file block script)))
    (and (file-readable-p file)
         (decode-coding-string (documents-read file) 'utf-8-unix))))

(defun documents-keep-results ()
  "Keep the results of this run.
That happens at the end: a file that the blocks of this run wrote is no input that changed since."
  (pcase-dolist (`(,block ,script ,output) documents-run-results)
    (documents-write (documents-result-file block script) output)))

(defun documents-inputs-digest (block)
  "A digest of names, modes and contents of the files that BLOCK depends on."
  (let ((inputs (documents-block-option block :inputs)))
    (if inputs
        (documents-digest
         (file-name-directory (expand-file-name (documents-block-file block) documents-root))
         (concat "shopt -s nullglob globstar; files=(" inputs "); "
                 "test -z \"${files[*]}\" || find \"${files[@]}\" -type f -print0"))
      (documents-digest documents-root documents-all-inputs))))

(defconst documents-all-inputs
  (concat "find . \\( -type d \\( -name '.?*' "
          (mapconcat (lambda (folder) (format "-o -name %s " folder)) documents-skipped-folders "")
          "-o -path ./tests/commands -o -path ./tests/expected \\) -prune \\)"
          " -o -type f ! -name '*.org' -print0")
  "The command that lists the project's files but documents and what is made of them.")

(defun documents-digest (folder list)
  "A digest of the files that the bash line LIST prints in FOLDER, each ended by a null character."
  (let ((default-directory folder))
    (with-temp-buffer
      (let ((code (call-process
                   "bash" nil t nil "-c"
                   (format "set -o pipefail; { %s; } | sort -z | xargs -0r sha256sum -b -- | sha256sum" list))))
        (unless (equal code 0)
          (documents-fail "the inputs in %s can't be read: %s" folder (string-trim (buffer-string)))))
      (buffer-string))))

(provide 'run-host)
;;; run-host.el ends here
