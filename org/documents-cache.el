;;; documents-cache.el --- results that are known already  -*- lexical-binding: t -*-

;;; Commentary:

;; What Org's function for a language gives is kept in .tangle-deps/results, under a digest of all that it depends on:
;; the block's text and header arguments, and the files of the project, or those of :inputs "GLOB…", relative to the
;; document.  Org places a kept result as any other.  Not kept is what a block does beside its result: in a session, in
;; this emacs, in a :file, silently.

;;; Code:

(require 'documents-languages)

(defconst documents-cache-folder ".tangle-deps/results/")

(defvar documents-no-cache nil
  "Whether kept results are not taken.")

(defvar documents-cached nil
  "Whether the result of the block at work was kept.")

(defvar documents-results nil
  "The results of this run, as (KEY . RESULT), where KEY is a function that gives the file.")

(setq documents-execute-around #'documents-execute)

(defun documents-execute (execute language body params)
  "The result of EXECUTE, Org's function for LANGUAGE, of BODY and PARAMS, or what is kept of it."
  (let* ((value (lambda (option) (alist-get option params)))
         (block (list language body params default-directory))
         (folder (file-name-directory buffer-file-name))
         (key (lambda () (documents-key block (funcall value :inputs) folder))))
    (if (or (funcall value :file)
            (not (member (funcall value :session) '(nil "none")))
            (member language '("emacs-lisp" "elisp"))
            ;; Among these is what a block gives to another one, which has inputs of its own.
            (cl-intersection '("none" "silent" "file") (funcall value :result-params) :test #'equal))
        (funcall execute body params)
      (let ((file (funcall key)))
        (setq documents-cached (and (not documents-no-cache) (file-readable-p file)))
        (let ((result (if documents-cached
                          (with-temp-buffer
                            (insert-file-contents file)
                            (read (current-buffer)))
                        (funcall execute body params))))
          (push (cons key result) documents-results)
          result)))))

(defun documents-keep-results ()
  "Keep the results of this run.
That happens at the end: a file that the blocks of this run wrote is no input that changed since."
  (make-directory (documents-path documents-cache-folder) t)
  (pcase-dolist (`(,key . ,result) documents-results)
    (let ((new (make-temp-file (documents-path documents-cache-folder)))
          (coding-system-for-write 'utf-8-unix))
      (write-region (prin1-to-string result) nil new nil 'quiet)
      (rename-file new (funcall key) t))))

(defun documents-key (block inputs folder)
  "The file for the result of BLOCK, a list of what it is; INPUTS are its globs in FOLDER, or nil for all files."
  (let ((list (if inputs (format "shopt -s nullglob globstar; files=(%s); test -z \"${files[*]}\" || find \"${files[@]}\" \
-type f -print0" inputs)
                ;; Neither documents nor what is made of them.
                (format "find . \\( -type d \\( -name '.?*' %s -o -path ./tests/commands -o -path ./tests/expected \\) \
-prune \\) -o -type f ! -name '*.org' -print0"
                        (mapconcat (apply-partially #'format "-o -name %s") documents-skipped-folders " "))))
        (default-directory (if inputs folder documents-root)))
    (with-temp-buffer
      (unless (equal 0 (call-process "bash" nil t nil "-c" (format "set -o pipefail; { %s; } | sort -z | \
xargs -0r sha256sum -b -- | sha256sum" list)))
        (error "The inputs can't be read: %s" (string-trim (buffer-string))))
      (documents-path (concat documents-cache-folder
                              (secure-hash 'sha256 (prin1-to-string (list block (buffer-string)))))))))

(provide 'documents-cache)
;;; documents-cache.el ends here
