;;; documents-run.el --- run the blocks of documents, record their results  -*- lexical-binding: t -*-

;;; Commentary:

;; `org-babel-execute-src-block' runs each block and each call of a document, in their order, and places the results.
;; What is added:
;;   - a block that fails stops the script, with its stderr, and leaves its document as it was
;;   - :needs "COMMAND"   the block is left as it is, with a message, where COMMAND fails
;;   - :exit N            the exit code that is expected; what a block says on stderr is then part of its result
;;   - a result that is known already is not made again (documents-cache.el)
;;   - with --commands, named bash blocks run as they are tangled: in strict mode

;;; Code:

(require 'documents)
(require 'documents-cache)
(require 'documents-commands)
(require 'documents-languages)
(require 'ob-lob)

(defvar documents-expected-exit nil
  "The exit code that the block at work says, or nil.")

(defun documents-run ()
  "Run the blocks of the documents that the command line names, or of all."
  (documents-main
   "run-host.sh" '("--no-cache" "--commands")
   (lambda (options files)
     (setq documents-no-cache (member "--no-cache" options))
     (unwind-protect
         (dolist (file files)
           (documents-in file
             (documents-load-languages)
             (documents-warn-here file)
             (documents-look)
             (let ((before (buffer-hash)))
               (org-babel-map-executables nil
                 (documents-run-block file (member "--commands" options)))
               (unless (equal before (buffer-hash))
                 (setq documents-place "")
                 (let ((inhibit-message t)) (save-buffer))
                 (documents-say "wrote %s" file)))))
       (documents-keep-results)))))

(defun documents-look ()
  "Note the lines of the blocks of the current buffer.
Refuse two of one name: the result of one would take the place of the other's."
  (let (names)
    (org-babel-map-executables nil
      (let* ((element (org-element-context))
             (name (and (eq (org-element-type element) 'src-block) (org-element-property :name element))))
        (push (cons (copy-marker (point) t) (line-number-at-pos)) documents-lines)
        (documents-at name)
        (when (and name (member name names)) (error "There is another one of that name"))
        (push name names)))))

(defun documents-run-block (file commands)
  "Run the block or the call at point of FILE; where it is one of the COMMANDS, as it is tangled."
  (let* ((call (memq (org-element-type (org-element-context)) '(babel-call inline-babel-call)))
         (info (or (if call (org-babel-lob-get-info) (org-babel-get-src-block-info 'light))
                   (error "There is no block of that name")))
         (language (car info))
         (documents-expected-exit (documents-option info :exit))
         (needs (documents-option info :needs))
         (said (lambda (words)
                 (documents-say "%s:%s %s" file documents-place
                                (if (nth 4 info) words (concat language ": " words)))))
         (inhibit-message t)
         (start (float-time)))
    (documents-at (nth 4 info))
    (pcase (org-babel-check-confirm-evaluate info)
      ('nil)
      ((guard (not (documents-load-language language)))
       (funcall said (format "not run, this Org has no ob-%s" language)))
      ((guard (and needs (/= 0 (documents-shell info needs))))
       (funcall said (concat "not run, needs " needs)))
      (_
       (documents-check-program info)
       (setq documents-cached nil)
       (if call (org-babel-lob-execute-maybe)
         (org-babel-execute-src-block nil nil (and commands (documents-strict-prologue info))))
       (funcall said (if documents-cached "cached" (format "done in %.1f s" (- (float-time) start))))))))

(defun documents-shell (info command)
  "The exit code of COMMAND, a line of bash, in the folder of the block INFO."
  (let ((default-directory (file-name-as-directory (expand-file-name (or (documents-option info :dir) ".")))))
    (call-process "bash" nil nil nil "-c" command)))

;;;; Failures

(defun documents-eval (command query)
  "Run COMMAND on QUERY, as `org-babel-eval' does, which goes on where COMMAND fails."
  (let ((input (org-babel-temp-file "input-"))
        (errors (org-babel-temp-file "errors-")))
    (let ((coding-system-for-write 'utf-8-unix))
      (write-region query nil input nil 'quiet))
    (with-temp-buffer
      (documents-check-exit
       (process-file shell-file-name input (list t (if documents-expected-exit t errors)) nil
                     shell-command-switch command)
       (lambda () (concat (buffer-string) (org-babel-eval-read-file errors))))
      (buffer-string))))

(defun documents-check-exit (code said)
  "Fail where CODE is not what is expected; SAID gives what the command said."
  (unless (equal code (string-to-number (or documents-expected-exit "0")))
    (documents-say "%s" (string-trim-right (funcall said)))
    (error "%s, not with %s"
           (if (integerp code) (format "it ended with exit code %d" code) (format "it was ended by a signal (%s)" code))
           (or documents-expected-exit "0")))
  code)

(advice-add 'org-babel-eval :override #'documents-eval)
;; What Org runs a shell with where the block has :stdin or :cmdline.
(advice-add 'call-process-shell-command :filter-return
            (lambda (code) (documents-check-exit code #'buffer-string)))

(provide 'documents-run)
;;; documents-run.el ends here
